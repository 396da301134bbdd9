import type {SchemaDocument} from '../schema-document'
import {asyncApi30} from './target'
import {
  callName,
  callNames,
  writeComponents,
  type DocumentHead,
  type WrittenDocument,
} from './written-document'

/** The bus is the only channel of a document. */
const channel = '#/channels/bus'

/** AsyncAPI 3: the bus as the channel, and for each schema a message and the operation that puts it there. */
export function writeAsyncApi30(
  documents: readonly SchemaDocument[],
  info: DocumentHead,
  bus: string,
): WrittenDocument {
  const {bundle, schemas, losses} = writeComponents(documents, asyncApi30)
  const events = callNames(bundle)
  return {
    document: {
      asyncapi: '3.0.0',
      info,
      defaultContentType: 'application/json',
      channels: {
        bus: {
          address: bus,
          title: `Event bus ${bus}`,
          messages: Object.fromEntries(events.map(({id}) => [id, {$ref: `#/components/messages/${id}`}])),
        },
      },
      operations: Object.fromEntries(events.map(({document, id}) => [`send${id}`, sending(document, id)])),
      components: {
        messages: Object.fromEntries(events.map(({document, name, id}) => [id, message(document, name)])),
        schemas,
      },
    },
    losses,
  }
}

function sending(document: SchemaDocument, id: string): object {
  return {
    action: 'send',
    channel: {$ref: channel},
    summary: `Puts ${callName(document)} on the bus.`,
    messages: [{$ref: `${channel}/messages/${id}`}],
  }
}

function message(document: SchemaDocument, name: string): object {
  return {
    name: document.name,
    title: callName(document),
    ...(document.source === undefined ? {} : {summary: `An event from source ${document.source}.`}),
    contentType: 'application/json',
    payload: {$ref: asyncApi30.definitions + name},
  }
}
