import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {readConfig} from '../../../src/lib/cli/config-file'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'usage-tracker-'))
})
afterEach(() => rmSync(folder, {recursive: true}))

const write = (...lines: string[]) => writeFileSync(join(folder, 'usage-tracker.yaml'), lines.join('\n'))
const read = (environment?: string, file?: string) => readConfig({folder, file, environment})

describe('readConfig', () => {
  it('is empty where there is no file', async () => {
    await expect(read()).resolves.toEqual({path: undefined, environment: undefined, names: {}, bindings: []})
  })

  it('refuses a file that was asked for and is not there', async () => {
    await expect(read(undefined, 'other.yaml')).rejects.toMatchObject({
      kind: 'usage',
      code: 'NO_CONFIG',
      message: `There is no configuration file ${join(folder, 'other.yaml')}.`,
    })
  })

  it("lays the environment over the top's names", async () => {
    write(
      'bus: top',
      'rule: top',
      'tags: {team: a, cost: b}',
      'environments:',
      '  prod: {bus: prod, tags: {team: c}}',
    )

    const config = await read('prod')

    expect(config.names).toEqual({bus: 'prod', rule: 'top', tags: {team: 'c', cost: 'b'}})
  })

  it("does not mix the environment's endpoint with the top's", async () => {
    write('local: true', 'environments:', '  moto: {endpointUrl: "http://127.0.0.1:5000"}')

    const config = await read('moto')

    expect(config.names).toEqual({endpointUrl: 'http://127.0.0.1:5000'})
  })

  it('means paths from the folder of the file', async () => {
    write('dataDir: data', 'pricePlan: /etc/plan.yaml')

    const config = await read()

    expect(config.names).toEqual({dataDir: join(folder, 'data'), pricePlan: '/etc/plan.yaml'})
  })

  it('lists the environments where the one asked for is not there', async () => {
    write('environments: {prod: {}, dev: {}}')

    await expect(read('prd')).rejects.toMatchObject({
      kind: 'usage',
      code: 'UNKNOWN_ENVIRONMENT',
      message: `There is no environment "prd"; ${join(folder, 'usage-tracker.yaml')} has: dev, prod.`,
      hint: '--env prod',
    })
  })

  it.each(['constructor', '__proto__'])('knows no environment "%s"', async (name) => {
    write('environments: {prod: {}}')

    await expect(read(name)).rejects.toMatchObject({code: 'UNKNOWN_ENVIRONMENT'})
  })
})
