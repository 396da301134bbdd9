import {foldRoute} from '../../../../src/lib/events/import/fold-route'

describe('foldRoute', () => {
  it.each([
    ['/v1/orders/17', '/v1/orders/{id}'],
    ['/orders/17/lines/3', '/orders/{id}/lines/{id}'],
    ['/users/0195a3f2-6c1e-7a40-9d1b-3f0c5e8a7b21', '/users/{id}'],
    ['/users/0195A3F2-6C1E-7A40-9D1B-3F0C5E8A7B21/', '/users/{id}/'],
    ['/commits/9fceb02d0ae598e95dc970b74767f19372d61af8', '/commits/{id}'],
    ['/reports/2026-11-03', '/reports/{id}'],
    ['/archive/2026-11/all', '/archive/{id}/all'],
    ['/blog/2026/11/03/title', '/blog/{id}/{id}/{id}/title'],
  ])('%s is %s', (path, route) => {
    expect(foldRoute(path)).toBe(route)
  })

  it.each(['/', '/v1/payments', '/facade/decade', '/deadbeef', '/a1b2', '/files/report-2026.pdf', '/x//y'])(
    'leaves %s as it is',
    (path) => {
      expect(foldRoute(path)).toBe(path)
    },
  )
})
