import type {SendOutcome} from '../../../src/lib/events/send'
import {progressReporter, sendRemarks, sendText} from '../../../src/lib/events/send-text'

const counts = {readCount: 1200, acceptedCount: 1000, rejectedCount: 200, retriedCount: 3}

const outcome: SendOutcome = {
  result: {...counts, durationMs: 2500, failuresFile: 'failed.ndjson'},
  reasons: [{code: 'NOT_JSON', count: 200, firstMessage: 'It is not JSON.', firstPosition: 'line 7'}],
  interrupted: false,
}

describe('what is said about a run', () => {
  it('is one line of counts and speed', () => {
    expect(sendText(outcome)).toBe('1200 read, 1000 accepted, 200 rejected, 3 retried (2.5 s, 400 events/s)')
  })

  it('has no speed when nothing was accepted', () => {
    const result = {...counts, acceptedCount: 0, durationMs: 0}

    expect(sendText({...outcome, result})).toBe('1200 read, 0 accepted, 200 rejected, 3 retried (0.0 s)')
  })

  it('names the reasons and the command that sends the rejected events again', () => {
    expect(sendRemarks(outcome)).toEqual([
      'NOT_JSON: 200 events, first line 7: It is not JSON.',
      'The rejected events are in failed.ndjson: usage-tracker events send failed.ndjson',
    ])
  })

  it('says after an interruption how far the input was read', () => {
    expect(sendRemarks({...outcome, interrupted: true}).at(-1)).toBe(
      'Interrupted after 1200 events were read; what follows them was not sent. To go on, send the same input again: ' +
        'events with an eventId count once.',
    )
  })

  it('reports progress every two seconds at most', () => {
    let now = 0
    const said: string[] = []
    const report = progressReporter(
      {isTTY: true},
      () => now,
      (text) => said.push(text),
    )

    for (now = 0; now <= 5000; now += 500) report?.(counts)

    expect(said).toEqual([
      '... 1200 read, 1000 accepted, 200 rejected, 3 retried, 500 events/s',
      '... 1200 read, 1000 accepted, 200 rejected, 3 retried, 0 events/s',
    ])
  })
})
