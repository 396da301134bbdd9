import {bypassesProxy} from '../../../src/lib/aws/no-proxy'

describe('bypassesProxy', () => {
  it.each([
    ['example.com', 443, 'example.com', true],
    ['EXAMPLE.com.', 443, 'Example.COM', true],
    ['sts.example.com', 443, 'example.com', true],
    ['sts.example.com', 443, '.example.com', true],
    ['sts.example.com', 443, '*.example.com', true],
    ['example.com', 443, '.example.com', true],
    ['notexample.com', 443, 'example.com', false],
    ['notexample.com', 443, '.example.com', false],
    ['example.com', 443, 'sts.example.com', false],
    ['anything.org', 8443, '*', true],
    ['example.com', 8443, 'example.com:8443', true],
    ['example.com', 443, 'example.com:8443', false],
    ['sts.example.com', 8443, '.example.com:8443', true],
    ['127.0.0.1', 443, '127.0.0.1', true],
    ['[::1]', 443, '::1', true],
    ['::1', 443, '[::1]', true],
    ['[::1]', 8443, '[::1]:443', false],
    ['example.com', 443, 'one.org, example.com', true],
    ['example.com', 443, 'one.org example.com', true],
    ['example.com', 443, '', false],
    ['example.com', 443, ' , ,.', false],
  ])('%s:%i with NO_PROXY "%s" is %s', (host, port, noProxy, past) => {
    expect(bypassesProxy(host, port, noProxy)).toBe(past)
  })
})
