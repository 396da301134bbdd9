import {checkSettings} from '../../../src/lib/road/check-settings'
import {roadResources} from '../../../src/lib/road/road'
import type {BindingOptions} from '../../../src/lib/road/options'
import {settings} from '../binding/_settings'

const queue = 'arn:aws:sqs:eu-west-1:111122223333:audit'
const logGroup = 'arn:aws:logs:eu-west-1:111122223333:log-group:audit'

describe('the options of a binding', () => {
  it.each<[string, BindingOptions]>([
    ['--description', {description: 'x'.repeat(513)}],
    ['--retry-attempts', {retryAttempts: 186}],
    ['--retry-attempts', {retryAttempts: -1}],
    ['--max-event-age', {maxEventAgeSeconds: 59}],
    ['--max-event-age', {maxEventAgeSeconds: 86_401}],
    ['--archive-days', {archiveDays: -1}],
    ['--archive-days', {archiveDays: 1.5}],
    ['--input-path', {inputPath: 'detail'}],
    ['--input-map', {inputTemplate: '"<a b>"', inputMap: {'a b': '$.detail'}}],
    ['--input-map', {inputTemplate: '"<a>"', inputMap: {a: 'detail'}}],
    ['--role-arn', {roleArn: 'arn:aws:iam::111122223333:user/u'}],
    ['--permissions-boundary', {permissionsBoundary: 'arn:aws:iam::111122223333:role/r'}],
    ['--allow-account', {allowAccounts: ['12345678901']}],
    ['--allow-org', {allowOrgs: ['o-SHORT']}],
  ])('refuse a wrong %s: %j', (flag, options) => {
    expect(() => checkSettings({...settings, ...options})).toThrow(
      expect.objectContaining({
        kind: 'usage',
        code: 'BAD_OPTION',
        message: `The value of ${flag} is not right.`,
      }),
    )
  })

  it.each<[BindingOptions & {targetArn?: string}]>([
    [{inputPath: '$.detail', inputTemplate: '"x"'}],
    [{inputMap: {a: '$.detail'}}],
    [{inputPath: '$.detail', targetArn: logGroup}],
    [{roleArn: 'arn:aws:iam::111122223333:role/r', targetArn: queue}],
  ])('refuse what does not go together: %j', (options) => {
    expect(() => checkSettings({...settings, ...options})).toThrow(
      expect.objectContaining({kind: 'usage', code: 'OPTIONS_CLASH'}),
    )
  })

  it('take the ends of every range', () => {
    const least = {retryAttempts: 0, maxEventAgeSeconds: 60, archiveDays: 0}
    const most = {retryAttempts: 185, maxEventAgeSeconds: 86_400, description: 'x'.repeat(512)}

    expect(() => checkSettings({...settings, ...least})).not.toThrow()
    expect(() => checkSettings({...settings, ...most})).not.toThrow()
  })

  it('put what is sent on the target', () => {
    expect(roadResources({...settings, inputPath: '$.detail'}).target.input).toEqual({InputPath: '$.detail'})
    expect(
      roadResources({...settings, inputTemplate: '{"a":<a>}', inputMap: {a: '$.id'}}).target.input,
    ).toEqual({
      InputTransformer: {InputTemplate: '{"a":<a>}', InputPathsMap: {a: '$.id'}},
    })
    expect(roadResources(settings).target.input).toEqual({})
  })

  it('hand a role over in place of one of its own', () => {
    const road = roadResources({...settings, roleArn: 'arn:aws:iam::111122223333:role/r'})

    expect(road.hasTargetRole).toBe(false)
    expect(road.target.roleArn).toBe('arn:aws:iam::111122223333:role/r')
  })

  it('let accounts and organizations in, each by a statement named after the binding', () => {
    const {busAccess} = roadResources({
      ...settings,
      allowAccounts: ['444455556666'],
      allowOrgs: ['o-a1b2c3d4e5'],
    })

    expect(busAccess?.statements).toEqual([
      {
        Sid: `${busAccess?.sidPrefix}444455556666`,
        Effect: 'Allow',
        Action: 'events:PutEvents',
        Resource: 'arn:aws:events:eu-west-1:111122223333:event-bus/usage',
        Principal: {AWS: 'arn:aws:iam::444455556666:root'},
      },
      {
        Sid: `${busAccess?.sidPrefix}o-a1b2c3d4e5`,
        Effect: 'Allow',
        Action: 'events:PutEvents',
        Resource: 'arn:aws:events:eu-west-1:111122223333:event-bus/usage',
        Principal: '*',
        Condition: {StringEquals: {'aws:PrincipalOrgID': 'o-a1b2c3d4e5'}},
      },
    ])
    expect(busAccess?.sidPrefix).toMatch(/^usage-tracker-[0-9a-f]{10}-$/)
  })

  it('leave bus policy and archive alone where nothing is said of them', () => {
    const {archive, busAccess} = roadResources(settings)

    expect({archive, busAccess}).toEqual({archive: undefined, busAccess: undefined})
  })
})
