import type {Change} from '../../../src/lib/binding/change'
import {planText, summaryOf} from '../../../src/lib/binding/plan/plan-text'

const where = {accountId: '111122223333', region: 'eu-west-1', endpoint: undefined}

describe('planText', () => {
  it('names the place and shows one change a line', () => {
    const text = planText(
      [
        {action: 'create', resource: 'bus', name: 'usage'},
        {action: 'update', resource: 'rule', name: 'api-usage', fields: ['pattern', 'state']},
        {action: 'keep', resource: 'stream', name: 'usage-events'},
      ],
      where,
    )

    expect(text).toBe(
      [
        'Account 111122223333, region eu-west-1, endpoint AWS',
        '  + create bus     usage',
        '  ~ update rule    api-usage (pattern, state)',
        '  = keep   stream  usage-events',
        '1 to create, 1 to update, 1 as they should be.',
      ].join('\n'),
    )
  })

  it('says what was done when it is done', () => {
    const text = planText([{action: 'create', resource: 'bus', name: 'usage'}], where, {isDone: true})

    expect(text.split('\n').at(-1)).toBe('1 created.')
    expect(summaryOf([{action: 'create', resource: 'bus', name: 'usage'}], true)).toBe(
      text.split('\n').at(-1),
    )
  })

  it('says so where there is nothing to do, and names another endpoint', () => {
    const text = planText([{action: 'keep', resource: 'bus', name: 'usage'}], {
      ...where,
      endpoint: 'http://127.0.0.1:4577',
    })

    expect(text).toBe(
      [
        'Account 111122223333, region eu-west-1, endpoint http://127.0.0.1:4577',
        '  = keep   bus  usage',
        'Nothing to change.',
      ].join('\n'),
    )
  })

  it('shows deletions, why something stays, and what differs but belongs to others', () => {
    const owned = 'owned by CloudFormation stack lake'
    const changes: Change[] = [
      {action: 'delete', resource: 'rule', name: 'api-usage'},
      {action: 'keep', resource: 'bucket', name: 'acme', note: 'holds data'},
    ]
    const differing: Change[] = [
      {action: 'keep', resource: 'bus', name: 'usage', fields: ['missing'], note: owned},
    ]

    expect(planText(changes, where).split('\n').slice(1)).toEqual([
      '  - delete rule    api-usage',
      '  = keep   bucket  acme: holds data',
      '1 to delete, 1 kept.',
    ])
    expect(planText(differing, where).split('\n').slice(1)).toEqual([
      `  = keep   bus  usage (missing): ${owned}`,
      'Nothing to change. 1 differ, but are not ours to change.',
    ])
  })

  it('breaks the lines of a narrow terminal below the names', () => {
    const note = 'without our tag: unbind-target leaves it (see --adopt)'
    const changes: Change[] = [{action: 'keep', resource: 'stream', name: 'usage-events', note}]

    expect(planText(changes, where, {width: 60}).split('\n').slice(1)).toEqual([
      '  = keep   stream  usage-events: without our tag:',
      '                   unbind-target leaves it (see --adopt)',
      'Nothing to change.',
    ])
  })
})
