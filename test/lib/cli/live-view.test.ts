import {LiveView} from '../../../src/lib/cli/live-view'

function stream(terminal: {isTTY?: boolean; columns?: number}) {
  const written: string[] = []
  return {written, ...terminal, write: (text: string) => written.push(text)}
}

describe('a live view', () => {
  it('writes over what it showed before on a terminal, each line cut to its width', () => {
    const terminal = stream({isTTY: true, columns: 6})
    const view = new LiveView(terminal)
    view.show('one\nsomething long')
    view.show('two')
    expect(terminal.written).toEqual(['one\nsomet\n', '\u001b[2F\u001b[0Jtwo\n'])
  })

  it('puts one below the other elsewhere, uncut', () => {
    const pipe = stream({})
    const view = new LiveView(pipe)
    view.show('something long')
    view.show('two')
    expect(pipe.written).toEqual(['something long\n\n', 'two\n\n'])
  })

  it.each([{}, {isTTY: true, columns: 80}])(
    'lets no control character of an event through (%j)',
    (terminal) => {
      const out = stream(terminal)
      new LiveView(out).show('top features\n  1  pay\u001b[2J\u0007ments')
      expect(out.written.join('')).toMatch(/^top features\n {2}1 {2}pay\[2Jments\n+$/)
    },
  )
})
