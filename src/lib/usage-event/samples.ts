import {uniformFloat64} from 'pure-rand/distribution/uniformFloat64'
import {xoroshiro128plus} from 'pure-rand/generator/xoroshiro128plus'
import type {SampleCustomer, SampleOperation, SampleService} from './sample-catalogue'
import {sampleCustomers, sampleEnvironment, sampleServices, sampleUserAgents} from './sample-catalogue'
import type {UsageEvent} from './types'
import {zipf} from './zipf'

export interface SampleOptions {
  /** Integer. The same seed and options give the same events. */
  seed: number
  count: number
  /** Milliseconds since 1970, inclusive. */
  from: number
  /** Milliseconds since 1970, exclusive. */
  to: number
  /** 100 unless given. */
  serviceCount?: number | undefined
  /** 500 unless given. */
  customerCount?: number | undefined
  /** Marks every event as a trial. */
  test?: boolean | undefined
}

interface World {
  uniform: () => number
  services: readonly SampleService[]
  customers: readonly SampleCustomer[]
  serviceRank: (uniform: number) => number
  customerRank: (uniform: number) => number
  operationRank: (uniform: number) => number
  /** Last sequence number by instance. */
  sequences: Map<string, number>
}

/**
 * Invented usage events that look like a company's: popularity by Zipf's law, durations with a long tail, about 3 % errors,
 * some calls without feature, customer or user. In the order of time, spread over the range. `eventId` is made of seed and
 * index alone, so that events of two seeds never share one.
 */
export function* sampleUsageEvents(options: SampleOptions): Generator<UsageEvent> {
  const world = createWorld(options)
  const stepMs = (options.to - options.from) / options.count
  const idPrefix = eventIdPrefix(options.seed)
  for (let index = 0; index < options.count; index++) {
    const occurredAt = new Date(Math.floor(options.from + (index + world.uniform()) * stepMs))
    const event = sampleEvent(world, sampleEventId(idPrefix, index), occurredAt)
    if (options.test) event.test = true
    yield event
  }
}

function createWorld(options: SampleOptions): World {
  const random = xoroshiro128plus(options.seed)
  const services = sampleServices(options.serviceCount ?? 100)
  const customers = sampleCustomers(options.customerCount ?? 500)
  return {
    uniform: () => uniformFloat64(random),
    services,
    customers,
    serviceRank: zipf(services.length, 0.9),
    customerRank: zipf(customers.length, 1.1),
    operationRank: zipf(services[0]?.operations.length ?? 1, 1),
    sequences: new Map(),
  }
}

/** The first 24 characters of a UUID of version 8: the seed's 64 bits fill all that the index does not. */
function eventIdPrefix(seed: number): string {
  const hex = BigInt.asUintN(64, BigInt(seed)).toString(16).padStart(16, '0')
  return `${hex.slice(8)}-${hex.slice(4, 8)}-8${hex.slice(1, 4)}-8${hex.slice(0, 1)}00-`
}

/** A UUID; one in eight without its dashes, as some libraries write them: the contract takes any text. */
function sampleEventId(prefix: string, index: number): string {
  const id = prefix + index.toString(16).padStart(12, '0')
  return index % 8 === 7 ? id.replaceAll('-', '') : id
}

function sampleEvent(world: World, eventId: string, occurredAt: Date): UsageEvent {
  const {uniform} = world
  const service = at(world.services, world.serviceRank(uniform()))
  const operation = at(service.operations, world.operationRank(uniform()))
  const instance = `${service.name}-${1 + Math.floor(uniform() * service.instanceCount)}`
  const status = sampleStatus(operation, uniform)
  const event: UsageEvent = {
    eventId,
    occurredAt: occurredAt.toISOString(),
    service: {name: service.name, version: service.version, environment: sampleEnvironment, instance},
    api: operation.api,
    client: {
      address: sampleAddress(uniform()),
      userAgent: at(sampleUserAgents, Math.floor(uniform() * sampleUserAgents.length)),
    },
    request: {sizeBytes: operation.api.method === 'GET' ? 0 : Math.floor(80 + uniform() ** 3 * 20_000)},
    response: {sizeBytes: Math.floor(status < 300 ? 120 + uniform() ** 4 * 60_000 : 96), status},
    durationMs: sampleDurationMs(operation, status, uniform),
    quantity: operation.isBatch ? sampleQuantity(service, uniform()) : 1,
    sequence: nextSequence(world.sequences, instance),
  }
  if (uniform() >= 0.02) event.feature = service.feature
  if (uniform() >= 0.03) addCaller(event, at(world.customers, world.customerRank(uniform())), uniform)
  return event
}

/** Units of a batch: items, or megabytes to a tenth where that is what the feature is billed by. */
function sampleQuantity({isBilledBySize}: SampleService, uniform: number): number {
  const units = 2 + uniform * 49
  return isBilledBySize ? Math.round(units * 10) / 10 : Math.floor(units)
}

function at<T>(list: readonly T[], index: number): T {
  return list[index] as T
}

function addCaller(event: UsageEvent, customer: SampleCustomer, uniform: () => number): void {
  event.customer = {id: customer.id, plan: customer.plan}
  if (uniform() < 0.9)
    event.user = {id: `${customer.id}/user-${1 + Math.floor(uniform() * customer.userCount)}`}
}

const clientErrors = [404, 400, 429, 401, 403, 409] as const
const serverErrors = [500, 503, 504, 502] as const

function sampleStatus(operation: SampleOperation, uniform: () => number): number {
  const draw = uniform()
  if (draw < operation.errorShare * 0.3) return at(serverErrors, Math.floor(uniform() * serverErrors.length))
  if (draw < operation.errorShare) return at(clientErrors, Math.floor(uniform() * clientErrors.length))
  return operation.api.method === 'POST' ? 201 : 200
}

/** Log-normal, with one call in a hundred much slower; a refused call is quick, a failed one has waited. */
function sampleDurationMs(operation: SampleOperation, status: number, uniform: () => number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
  const tail = uniform() < 0.01 ? 4 + 16 * uniform() : 1
  const weight = status >= 500 ? 6 : status >= 400 ? 0.3 : 1
  return Math.round(operation.medianMs * Math.exp(0.5 * normal) * tail * weight * 10) / 10
}

/** An address of the networks that are set aside for documentation (RFC 5737, RFC 3849), now and then a host name (RFC 2606). */
function sampleAddress(uniform: number): string {
  const host = Math.floor(uniform * 762)
  if (host % 64 === 31) return `2001:db8::${host.toString(16)}`
  if (host % 64 === 63) return `host-${host}.example.net`
  const network = host < 254 ? '192.0.2' : host < 508 ? '198.51.100' : '203.0.113'
  return `${network}.${1 + (host % 254)}`
}

function nextSequence(sequences: Map<string, number>, instance: string): number {
  const sequence = (sequences.get(instance) ?? 0) + 1
  sequences.set(instance, sequence)
  return sequence
}
