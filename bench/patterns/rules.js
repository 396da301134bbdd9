const {isIPv4} = require('node:net')

/**
 * Five rules as they are written for a usage bus: five fields each, among them a prefix, exact lists, a range of numbers and
 * `anything-but`. Together they match one event in three.
 */
exports.typicalRules = () => {
  const ofBus = {source: [{prefix: 'my-app'}], 'detail-type': ['api-usage-event', 'batch-usage-event']}
  const environment = [{'anything-but': ['test', 'staging']}]
  const service = (name) => ({service: {name, environment}})
  const status = (...numeric) => ({response: {status: [{numeric}]}})
  const details = [
    {...status('>=', 200, '<', 300), customer: {plan: ['enterprise', 'business']}, service: {environment}},
    {...service(['payments-api', 'orders-api', 'search-api']), ...status('>=', 500, '<', 600)},
    {...service([{prefix: 'catalogue-'}]), durationMs: [{numeric: ['>', 250, '<=', 60_000]}]},
    {...status('>=', 400, '<', 500), customer: {plan: ['free']}, api: {method: [{'anything-but': ['GET']}]}},
    {
      api: {operation: [{prefix: 'list'}], method: ['GET']},
      response: {sizeBytes: [{numeric: ['>', 20_000]}]},
    },
  ]
  return details.map((detail) => ({...ofBus, detail}))
}

/** Numbers from 0 to 1, the same in every run (xorshift). */
function draws(seed) {
  let state = seed
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}

/** The values of the events that rules can ask for. */
function valuesOf(events) {
  const distinct = (value) => [...new Set(events.map(({detail}) => value(detail)).filter(Boolean))].sort()
  return {
    services: distinct(({service}) => service.name),
    instances: distinct(({service}) => service.instance),
    operations: distinct(({api}) => api.operation),
    routes: distinct(({api}) => api.route),
    customers: distinct(({customer}) => customer?.id),
    plans: distinct(({customer}) => customer?.plan),
    users: distinct(({user}) => user?.id),
    agents: distinct(({client}) => client.userAgent),
    features: distinct(({feature}) => feature),
    // A client may be known by the name of its host, which is no address.
    addresses: distinct(({client}) => client.address).filter(isIPv4),
  }
}

/** What makes a rule its own: most name a service, a customer, a user or an operation. By share. */
const subjects = [
  [0.3, (from, v) => ({service: {name: [from(v.services)]}, customer: {id: [from(v.customers)]}})],
  [0.45, (from, v) => ({customer: {id: [from(v.customers), from(v.customers), from(v.customers)]}})],
  [0.55, (from, v) => ({user: {id: [from(v.users)]}})],
  [0.65, (from, v) => ({api: {operation: [from(v.operations)]}, customer: {plan: [from(v.plans)]}})],
  [0.72, (from, v) => ({user: {id: [{prefix: `${from(v.customers)}/user-1`}]}})],
  [0.77, (from, v) => ({service: {instance: [{suffix: from(v.instances).slice(2)}]}})],
  [0.82, (from, v) => ({customer: {id: [{'equals-ignore-case': from(v.customers).toUpperCase()}]}})],
  [0.86, (from, v) => ({client: {address: [{cidr: `${from(v.addresses)}/30`}]}})],
  [0.88, (from, v) => ({client: {address: [from(v.addresses)]}, feature: [from(v.features)]})],
  [0.9, (from, v) => ({service: {instance: [{wildcard: `${from(v.services)}-*${digit(from)}`}]}})],
  [0.96, (from, v) => ({$or: [{user: {id: [from(v.users)]}}, {customer: {id: [from(v.customers)]}}]})],
  [1, (from, v, draw) => ({sequence: [{numeric: ['=', 1 + Math.floor(draw() * 4000)]}]})],
]

const statusRanges = [
  ['>=', 500],
  ['>=', 400, '<', 500],
  ['=', 429],
]

/** What is asked besides. By share. */
const conditions = [
  [0.25, () => ({})],
  [0.4, (from) => ({response: {status: [{numeric: from(statusRanges)}]}})],
  [0.55, (from) => ({durationMs: [{numeric: ['>', from([100, 250, 500, 1000, 5000])]}]})],
  [0.65, (from, v) => ({feature: [{'anything-but': [from(v.features), from(v.features)]}]})],
  [0.72, () => ({service: {environment: [{'anything-but': {prefix: 'test'}}]}})],
  [0.79, () => ({user: {id: [{exists: true}]}})],
  [0.84, () => ({test: [{exists: false}]})],
  [0.94, () => ({api: {method: ['POST', 'PATCH', 'DELETE']}})],
  [0.95, (from, v) => ({client: {userAgent: [{wildcard: `*${from(v.agents).slice(2, 6)}*`}]}})],
  [1, () => ({api: {route: [{prefix: {'equals-ignore-case': '/V1/'}}]}})],
]

function digit(from) {
  return from(['1', '2', '3', '4'])
}

function pick(choices, draw) {
  const share = draw()
  return choices.find(([upTo]) => share < upTo)[1]
}

/** Both objects in one: an object that both have is joined, of an array that both have the first is kept. */
function join(one, other) {
  const joined = {...one}
  for (const [key, value] of Object.entries(other)) {
    if (joined[key] === undefined) joined[key] = value
    else if (!Array.isArray(value)) joined[key] = join(joined[key], value)
  }
  return joined
}

/** `count` rules that use all operators; the first of a longer list are those of a shorter one. `events` are parsed. */
exports.mixedRules = (events, count) => {
  const draw = draws(20_261_122)
  const values = valuesOf(events)
  const from = (list) => list[Math.floor(draw() * list.length)]
  return Array.from({length: count}, () => {
    const subject = pick(subjects, draw)(from, values, draw)
    const {$or, ...fields} = join(subject, pick(conditions, draw)(from, values, draw))
    const detail = $or === undefined ? fields : {...fields, $or}
    return {
      source: draw() < 0.9 ? [{prefix: 'my-app'}] : ['my-applications'],
      'detail-type': ['api-usage-event'],
      detail,
    }
  })
}
