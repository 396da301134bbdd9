import {gunzipSync, gzipSync} from 'node:zlib'
import {eraseLine} from './erase-line'
import type {Subject} from './subject'

/** An object of lines without what is personal of a subject, and how many lines that took; undefined where it holds none of it. */
export function eraseLines(bytes: Buffer, subject: Subject): {bytes: Buffer; count: number} | undefined {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b
  const text = (isGzip ? gunzipSync(bytes) : bytes).toString('utf8')
  let count = 0
  const lines = text.split('\n').map((line) => {
    const erased = line.trim() === '' ? undefined : eraseLine(line, subject)
    if (erased === undefined) return line
    count += 1
    return erased
  })
  if (count === 0) return undefined
  const written = Buffer.from(lines.join('\n'))
  return {bytes: isGzip ? gzipSync(written) : written, count}
}

/** The same of an object of quarantine, whose lines quote lines that could not be read. */
export function eraseQuotes(bytes: Buffer, {id}: Subject): {bytes: Buffer; count: number} | undefined {
  const text = gunzipSync(bytes).toString('utf8')
  let count = 0
  const lines = text.split('\n').map((line) => {
    if (line === '') return line
    const quoted = JSON.parse(line) as {text?: string}
    if (quoted.text?.includes(JSON.stringify(id)) !== true) return line
    count += 1
    return JSON.stringify({...quoted, text: ''})
  })
  return count === 0 ? undefined : {bytes: gzipSync(lines.join('\n')), count}
}
