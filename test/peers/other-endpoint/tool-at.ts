import type {Change} from '../../../src/lib/binding/change'
import type {DoctorResult} from '../../../src/lib/doctor/doctor-result'
import type {HopFinding} from '../../../src/lib/doctor/finding'
import {Sandbox, type Outcome} from '../../cli/run-tool'

const credentials = {AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_REGION: 'eu-west-1'}

/** The built tool, run against one endpoint. */
export class ToolAt {
  private readonly sandbox = new Sandbox()

  constructor(private readonly url: string) {}

  run(...words: string[]): Promise<Outcome> {
    return this.sandbox.run(words, {...credentials, AWS_ENDPOINT_URL: this.url})
  }

  /** The one JSON object of a run that ends with this exit code. */
  async json<T>(words: readonly string[], exitCode = 0): Promise<T> {
    const ran = await this.run(...words, '--json')
    if (ran.exitCode !== exitCode) throw new Error(`${words.join(' ')}: ${JSON.stringify(ran)}`)
    return JSON.parse(ran.stdout) as T
  }

  /** What `bind-target` or `unbind-target` changed, as `action resource`. */
  async changes(...words: string[]): Promise<string[]> {
    const {changes} = await this.json<{changes: Change[]}>(words)
    return changes
      .filter(({action}) => action !== 'keep')
      .map(({action, resource}) => `${action} ${resource}`)
  }

  async hops(...words: string[]): Promise<HopFinding[]> {
    return (await this.json<DoctorResult>(['doctor', ...words])).hops
  }

  close(): Promise<void> {
    return this.sandbox.close()
  }
}

/** Hops of a status. */
export function hopsThatAre(status: HopFinding['status'], hops: readonly HopFinding[]): string[] {
  return hops.filter((finding) => finding.status === status).map(({hop}) => hop)
}
