import type {Platform, Service} from './platform'
import type {ServiceDefinition} from './service-definition'
import type {WireProtocol} from './wire/protocol'
import {protocolOf} from './wire/protocols'
import {ServiceSchemas} from './wire/service-schemas'

/** A service with what the wire needs to speak for it. */
export interface HostedService {
  definition: ServiceDefinition
  protocol: WireProtocol
  schemas: ServiceSchemas
  service: Service
}

/** Runs services, each from the first moment that somebody needs it. */
export class ServiceHost {
  private readonly hosted = new Map<string, Promise<HostedService>>()
  private readonly running = new Map<string, Promise<Service>>()

  constructor(
    readonly definitions: readonly ServiceDefinition[],
    private readonly platform: () => Platform,
  ) {}

  /** The service ready to answer calls: its operations and its wire. */
  host(definition: ServiceDefinition): Promise<HostedService> {
    let found = this.hosted.get(definition.name)
    if (!found) this.hosted.set(definition.name, (found = this.startHosted(definition)))
    return found
  }

  /** The service by its signing name, for what happens inside the endpoint; undefined where there is none. */
  async service(name: string): Promise<Service | undefined> {
    const definition = this.definitions.find((d) => d.name === name)
    return definition && this.run(definition)
  }

  /** The services that run now. */
  async active(): Promise<Service[]> {
    return Promise.all(this.running.values())
  }

  private run(definition: ServiceDefinition): Promise<Service> {
    let found = this.running.get(definition.name)
    if (!found) {
      found = definition.load().then((module) => module.create(this.platform()))
      this.running.set(definition.name, found)
    }
    return found
  }

  private async startHosted(definition: ServiceDefinition): Promise<HostedService> {
    const [schemas, service] = await Promise.all([definition.schemas(), this.run(definition)])
    return {definition, protocol: protocolOf(definition), schemas: new ServiceSchemas(schemas), service}
  }
}
