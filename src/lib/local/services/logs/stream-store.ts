import type {CallContext} from '../../platform'
import {ServiceError} from '../../service-error'
import type {Collection, Store} from '../../store'
import type {LogGroup} from './group-store'

export interface LogStream {
  /** Its events stand under it; 20 digits. */
  row: string
  name: string
  createdAt: number
}

/** The log streams of all groups. */
export class LogStreamStore {
  private readonly rows: Collection<LogStream>

  constructor(private readonly store: Store) {
    this.rows = store.collection('logs/streams')
  }

  find(group: LogGroup, name: string): LogStream | undefined {
    return this.rows.get(keyOf(group, name))
  }

  /** The stream of that name. Throws `ResourceNotFoundException`. */
  ofName(group: LogGroup, name = ''): LogStream {
    const stream = this.find(group, name)
    if (stream) return stream
    throw new ServiceError('ResourceNotFoundException', 'The specified log stream does not exist.')
  }

  /** Streams of a group whose name begins with `prefix`, by name. */
  list(group: LogGroup, prefix = ''): LogStream[] {
    return [...this.rows.list(keyOf(group, prefix))].map(({value}) => value)
  }

  /** Writes a stream; durable when it returns. */
  save(group: LogGroup, stream: LogStream): void {
    this.store.write(() => this.stage(group, stream))
  }

  /** The write that makes a stream; only inside `Store.batch` or `Store.write`. */
  stage(group: LogGroup, stream: LogStream): void {
    this.rows.put(keyOf(group, stream.name), stream)
  }

  /** The write that forgets a stream; only inside `Store.batch` or `Store.write`. */
  stageRemoval(group: LogGroup, stream: LogStream): void {
    this.rows.delete(keyOf(group, stream.name))
  }
}

/** `arn:...:log-group:GROUP:log-stream:STREAM`. */
export function streamArn(group: LogGroup, name: string): string {
  return `${group.arn}:log-stream:${name}`
}

/** A new stream, made at the call's moment. */
export function newStream(name: string, row: string, {now}: Pick<CallContext, 'now'>): LogStream {
  return {row, name, createdAt: now}
}

const keyOf = (group: LogGroup, name: string): string => `${group.row}/${name}`
