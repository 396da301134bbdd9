import type {Agent, IncomingHttpHeaders, OutgoingHttpHeaders} from 'node:http'
import {request as requestHttp} from 'node:http'
import {request as requestHttps} from 'node:https'
import {connectionTimeoutMs, idleTimeoutMs} from './request-handler'

/** What came back, read to its end. */
export interface Answer {
  status: number
  reason: string | undefined
  headers: IncomingHttpHeaders
  body: Buffer
}

/** Sends one body; throws a network error as Node names it, and `TimeoutError` where nothing moves any more. */
export type Post = (headers: OutgoingHttpHeaders, body: Buffer) => Promise<Answer>

/** Posts to one address over the connections of `agent`; `close` ends them. */
export function makePost(address: URL, agent: Agent): {post: Post; close: () => void} {
  const send = address.protocol === 'https:' ? requestHttps : requestHttp
  const {hostname, port, pathname: path} = address
  const host = hostname.replace(/^\[|\]$/g, '')
  const place = {agent, method: 'POST', host, path, ...(port !== '' && {port: Number(port)})}

  function post(headers: OutgoingHttpHeaders, body: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const request = send({...place, headers, timeout: idleTimeoutMs}, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          const {statusCode: status = 0, statusMessage: reason, headers: answered} = response
          resolve({status, reason, headers: answered, body: Buffer.concat(chunks)})
        })
      })
      request.on('error', reject)
      request.on('timeout', () => request.destroy(timedOut(idleTimeoutMs)))
      request.on('socket', (socket) => {
        if (!socket.connecting) return
        const timer = setTimeout(() => request.destroy(timedOut(connectionTimeoutMs)), connectionTimeoutMs)
        socket.once('connect', () => clearTimeout(timer))
        socket.once('close', () => clearTimeout(timer))
      })
      request.end(body)
    })
  }
  return {post, close: () => agent.destroy()}
}

function timedOut(afterMs: number): Error {
  const words = `Nothing came for ${afterMs / 1000} s.`
  return Object.assign(new Error(words), {name: 'TimeoutError', code: 'ETIMEDOUT'})
}
