import {createHash} from 'node:crypto'
import type {S3Client} from '@aws-sdk/client-s3'
import {putNewObject, putObject, readText} from '../../aws/kept-object'
import {listObjects} from '../../aws/list-objects'
import {isAbsent, toOpError} from '../../aws/map-sdk-error'
import {OpError} from '../../core/errors'
import {parseExact, stringifyExact} from '../../core/json'
import {layout} from '../../road/layout'
import {monthOfKey, parseStatement, statementFiles, statementKey} from './statement'
import type {Statement, StatementFile} from './statement'

/** The bucket in which statements lie, and the way there. */
export interface StatementPlace {
  s3: () => Promise<S3Client>
  bucket: string
}

/** The closed months, oldest first. Throws what S3 refuses. */
export async function closedMonths({s3, bucket}: StatementPlace): Promise<string[]> {
  const months: string[] = []
  try {
    for await (const {Key: key = ''} of listObjects(await s3(), {bucket, prefix: layout.statementsFolder})) {
      const month = monthOfKey(key)
      if (month !== undefined) months.push(month)
    }
  } catch (error) {
    // A lake without its bucket has closed nothing.
    if (!isAbsent(error)) throw toOpError(error, `list the statements of bucket ${bucket}`)
  }
  return months.sort()
}

/** The statement of a closed month. Throws STATEMENT_UNREADABLE (usage), STATEMENT_LOST (absent) and what S3 refuses. */
export async function readStatement(place: StatementPlace, month: string): Promise<Statement> {
  const key = statementKey(month)
  return parseStatement(await textOf(place, key), `s3://${place.bucket}/${key}`)
}

/**
 * The text of a file that a statement names. Throws STATEMENT_LOST (absent) where it is not there any more or is another than was written, and what S3
 * refuses.
 */
export async function readFileOf(
  place: StatementPlace,
  {files}: Statement,
  name: StatementFile,
): Promise<string> {
  const {key, sha256} = files[name]
  const text = await textOf(place, key)
  if (hashOf(text) === sha256) return text
  throw lost(`s3://${place.bucket}/${key} is not what was written when the month was closed.`)
}

/** The same, of JSON. */
export async function readJsonOf<T>(
  place: StatementPlace,
  statement: Statement,
  name: StatementFile,
): Promise<T> {
  return parseExact(await readFileOf(place, statement, name)) as T
}

/**
 * Closes a month: writes the files under a name that follows from what they hold, then the statement that names them, in one conditional write. Answers
 * false where another one has closed the month meanwhile; its statement stands, and ours names nothing. Throws what S3 refuses.
 */
export async function writeStatement(
  place: StatementPlace,
  statement: Omit<Statement, 'files'>,
  texts: Readonly<Record<StatementFile, string>>,
): Promise<boolean> {
  const {bucket} = place
  const s3 = await place.s3()
  const names = Object.keys(statementFiles) as StatementFile[]
  const folder = `${layout.statementsFolder}${statement.month}/${hashOf(names.map((name) => hashOf(texts[name])).join(' ')).slice(0, 16)}/`
  const files = Object.fromEntries(
    names.map((name) => {
      const body = texts[name]
      return [name, {key: `${folder}${name}`, sha256: hashOf(body), sizeBytes: Buffer.byteLength(body)}]
    }),
  ) as Statement['files']
  for (const name of names) {
    const kept = {key: files[name].key, body: texts[name], contentType: statementFiles[name]}
    await putObject(s3, bucket, kept)
  }
  const body = stringifyExact({...statement, files}, 2)
  const key = statementKey(statement.month)
  return putNewObject(s3, bucket, {key, body, contentType: 'application/json'})
}

/** The SHA-256 of a text, in hexadecimal digits. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

async function textOf({s3, bucket}: StatementPlace, key: string): Promise<string> {
  const text = await readText(await s3(), bucket, key)
  if (text !== undefined) return text
  throw lost(`s3://${bucket}/${key} is not there any more.`)
}

function lost(message: string): OpError {
  return new OpError('absent', 'STATEMENT_LOST', message, {
    hint: 'Take it back from a copy or an older version of the bucket. --as-of now recomputes the month from the lake.',
  })
}
