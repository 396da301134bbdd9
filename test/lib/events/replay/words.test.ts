import {parseSpeed} from '../../../../src/lib/events/replay/parse-speed'
import {replayName} from '../../../../src/lib/events/replay/replay-name'
import {shareOf} from '../../../../src/lib/events/replay/watch-replay'
import {hourFolders} from '../../../../src/lib/road/layout'

describe('the words of replays', () => {
  it.each([
    ['10x', 10],
    ['0.5x', 0.5],
    ['3', 3],
    [undefined, undefined],
  ])('reads the speed %s', (text, speed) => {
    expect(parseSpeed(text)).toBe(speed)
  })

  it.each(['0x', 'fast', '-1x', '10xx', ''])('refuses the speed "%s"', (text) => {
    expect(() => parseSpeed(text)).toThrow(expect.objectContaining({kind: 'usage', code: 'BAD_SPEED'}))
  })

  it('names a replay as EventBridge lets it be named', () => {
    expect(replayName(Date.UTC(2026, 10, 1, 12, 30, 5, 7))).toBe('usage-tracker-20261101T123005Z')
  })

  it('knows how much of the range is replayed', () => {
    const state = {replay: 'r', state: 'RUNNING', from: '2026-11-01T00:00:00Z', to: '2026-11-01T04:00:00Z'}

    expect(shareOf(state)).toBe(0)
    expect(shareOf({...state, lastReplayedTime: '2026-11-01T01:00:00Z'})).toBe(0.25)
    expect(shareOf({...state, lastReplayedTime: '2026-11-02T00:00:00Z'})).toBe(1)
  })

  it('has the folders of all hours of a range, over midnight', () => {
    expect(hourFolders('events/', Date.UTC(2026, 10, 1, 23, 59), Date.UTC(2026, 10, 2, 1))).toEqual([
      'events/dt=2026-11-01/hour=23/',
      'events/dt=2026-11-02/hour=00/',
      'events/dt=2026-11-02/hour=01/',
    ])
  })
})
