import type {ServiceDefinition} from '../service-definition'
import {jsonOrQuery} from './json-or-query'
import {jsonRpc} from './json-rpc'
import type {WireProtocol} from './protocol'
import {query} from './query'
import {restJson, restXml} from './rest'

/** The protocol a service speaks, ready for use. */
export function protocolOf(definition: ServiceDefinition): WireProtocol {
  switch (definition.protocol) {
    case 'json-1.0':
      return jsonRpc('1.0')
    case 'json-1.1':
      return jsonRpc('1.1')
    case 'json-1.0-or-query':
      return jsonOrQuery(
        jsonRpc('1.0'),
        query(`http://${definition.name}.amazonaws.com/doc/${definition.apiVersion ?? ''}/`),
      )
    case 'rest-json':
      return restJson()
    case 'rest-xml':
      return restXml('http://s3.amazonaws.com/doc/2006-03-01/')
    case 'query':
      return query(`https://${definition.name}.amazonaws.com/doc/${definition.apiVersion ?? ''}/`)
  }
}
