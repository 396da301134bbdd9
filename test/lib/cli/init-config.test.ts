import {checkConfig} from '../../../src/lib/cli/config-check'
import {configText} from '../../../src/lib/cli/init-config'

describe('configText', () => {
  it('writes what was said and shows the defaults of the rest', () => {
    const text = configText({
      environment: 'prod',
      bus: 'orders',
      region: 'eu-west-1',
      account: '011122223333',
    })

    expect(text).toBe(`# What the commands of usage-tracker work on.
# A flag counts more than a USAGE_TRACKER_* variable, that more than this file, that more than an AWS_* variable.

# Names of the road. A line that is commented out shows the default.
bus: orders
# rule: api-usage
# stream: usage-events
# bucket: usage-ACCOUNT-REGION
# database: usage
# workgroup: usage
# source: my-applications
# detailType: api-usage-event

# What a unit costs, for "report billing": a file beside this one.
# pricePlan: prices.yaml

# What Athena takes for a terabyte that a query scans, where it is not the price that most regions have.
# athena: {pricePerTb: "6.75"}

# Tags of everything that bind-target makes.
# tags: {team: payments}

# Rules and targets by name, for "bind-target NAME" and "bind-target --all".
# bindings:
#   - name: checkout
#     rule: checkout-usage
#     pattern: {source: [my-applications], detail: {service: {name: [checkout]}}}
#     firehose: checkout-events

# Chosen with --env NAME (or USAGE_TRACKER_ENV). Any name from above can stand in an environment too.
environments:
  prod:
    account: "011122223333"   # commands stop on any other account
    # profile: my-profile
    region: eu-west-1
  # The local endpoint: everything on this machine, no account needed.
  local:
    local: true
`)
  })

  it('shows in its comments what is right once their marks are taken away', () => {
    const text = configText({environment: 'dev', region: 'eu-west-1'}).replace(
      /^# (?=pricePlan|tags|bindings| )/gm,
      '',
    )

    expect(checkConfig(text, 'f')).toMatchObject({
      pricePlan: 'prices.yaml',
      tags: {team: 'payments'},
      bindings: [{name: 'checkout', rule: 'checkout-usage', firehose: 'checkout-events'}],
    })
  })

  it.each([
    [{environment: 'dev'}, {dev: {}, local: {local: true}}],
    [{environment: 'local', local: true}, {local: {local: true}}],
    [
      {environment: 'no', profile: 'true'},
      {no: {profile: 'true'}, local: {local: true}},
    ],
    [
      {environment: 'a: b', profile: '#x "y"'},
      {'a: b': {profile: '#x "y"'}, local: {local: true}},
    ],
    [
      {environment: 'moto', endpointUrl: 'http://127.0.0.1:5000'},
      {moto: {endpointUrl: 'http://127.0.0.1:5000'}, local: {local: true}},
    ],
  ])('is read back as it was said: %j', (answers, environments) => {
    expect(checkConfig(configText(answers), 'f')).toEqual({environments})
  })
})
