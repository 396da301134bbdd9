import type {MiddlewareStack} from '@smithy/types'

/** A call of a service, as it is made: once, however often it is tried again. */
export interface AwsCall {
  /** Id of the service in the SDK: `EventBridge`, `S3`, `SFN`. */
  service: string
  operation: string
  region: string
  input: object
}

export type HearCall = (call: AwsCall) => void

/** What this needs of an SDK client: all of them have it, each with types of its own. */
export interface Audible {
  middlewareStack: Pick<MiddlewareStack<object, object>, 'add'>
}

/** Tells `hear` of every call of a client before it is made. */
export function hearCalls(client: unknown, region: string, hear: HearCall): void {
  const {middlewareStack} = client as Audible
  middlewareStack.add(
    (next, context) => (args) => {
      const {clientName = '', commandName = ''} = context as {clientName?: string; commandName?: string}
      const [service = ''] = clientName.split(/Client$/)
      const [operation = ''] = commandName.split(/Command$/)
      hear({service, operation, region, input: args.input})
      return next(args)
    },
    {step: 'initialize', name: 'hearCalls'},
  )
}
