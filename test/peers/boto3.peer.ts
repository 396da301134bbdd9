import {spawnSync} from 'node:child_process'
import {join} from 'node:path'
import {serve, type Serving} from '../_helpers/tool'

describe('boto3', () => {
  let serving: Serving

  beforeAll(async () => {
    serving = await serve()
  })

  afterAll(() => serving.end())

  it('runs its session against the endpoint', () => {
    const {status, stdout, stderr} = spawnSync(
      join(process.env['PEERS_BIN'] ?? '', 'python'),
      [join(__dirname, 'session.py')],
      {
        encoding: 'utf8',
        env: {
          PATH: process.env['PATH'] ?? '',
          AWS_ENDPOINT_URL: serving.url,
          AWS_ACCESS_KEY_ID: 'test',
          AWS_SECRET_ACCESS_KEY: 'test',
          AWS_DEFAULT_REGION: 'us-east-1',
        },
      },
    )

    expect({status, stderr}).toEqual({status: 0, stderr: ''})
    expect(stdout.trim().split('\n').at(-1)).toBe('session complete')
  })
})
