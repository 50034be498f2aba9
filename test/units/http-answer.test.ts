import { AnswerReader, BadAnswer } from '../../src/whatsapp/http-answer';

const readAnswer = (bytes: Buffer, ended = false) => new AnswerReader().read(bytes, ended);

const answer = (head: string[], body = ''): Buffer =>
  Buffer.from(`HTTP/1.1 ${head.join('\r\n')}\r\n\r\n${body}`);

const whole = answer(['200 OK', 'Content-Length: 9', 'Keep-Alive: timeout=5'], '{"é":"ü"}'.slice(0, 7));
const chunked = answer(
  ['200 OK', 'transfer-encoding: chunked', 'Retry-After: 7'],
  '5\r\nHello\r\nA;name=value\r\n, big big \r\n5\r\nworld\r\n0\r\nTrailer: x\r\n\r\n',
);

test('a body with a length, in bytes; how long the connection may be idle', () => {
  expect(readAnswer(whole)).toEqual({
    status: 200,
    body: '{"é":"ü',
    retryAfter: undefined,
    keepAliveMs: 5000,
  });
});

test('chunks, with extensions and trailers', () => {
  expect(readAnswer(chunked)).toMatchObject({
    status: 200,
    body: 'Hello, big big world',
    retryAfter: '7',
    keepAliveMs: undefined,
  });
});

test('wherever the bytes are cut, nothing is said before the last one, and bytes after it are not of it', () => {
  for (const bytes of [whole, chunked]) {
    for (let cut = 0; cut < bytes.length; cut++) expect(readAnswer(bytes.subarray(0, cut))).toBeUndefined();
    expect(readAnswer(Buffer.concat([bytes, Buffer.from('HTTP/1.1 200')]))).toEqual(readAnswer(bytes));
  }
});

test('chunk sizes with zeros before them, and a length that is said twice', () => {
  expect(
    readAnswer(answer(['200 OK', 'transfer-encoding: chunked'], '0002\r\nhi\r\n000\r\n\r\n')),
  ).toMatchObject({
    body: 'hi',
  });
  expect(readAnswer(answer(['200 OK', 'content-length: 2 ', 'content-length: 2'], 'hi'))).toMatchObject({
    body: 'hi',
  });
});

test('in pieces of any size, read once each; what comes after it is left', () => {
  for (const bytes of [whole, chunked]) {
    for (const size of [1, 2, 7]) {
      const reader = new AnswerReader();
      const found = [];
      for (let at = 0; at < bytes.length; at += size) found.push(reader.read(bytes.subarray(at, at + size)));
      expect(found.pop()).toEqual(readAnswer(bytes));
      expect(found.every((one) => one === undefined)).toBe(true);
      expect(reader.left).toBe(0);
    }
    const reader = new AnswerReader();
    reader.read(Buffer.concat([bytes, Buffer.from('more')]));
    expect(reader.left).toBe(4);
  }
});

test('without a length it ends with the connection, which is then of no more use', () => {
  const bytes = answer(['500 Oops', 'content-type: text/html'], '<html>');
  expect(readAnswer(bytes)).toBeUndefined();
  expect(readAnswer(bytes, true)).toMatchObject({ status: 500, body: '<html>', keepAliveMs: 0 });
});

test('one that is cut off is none', () => {
  expect(readAnswer(whole.subarray(0, -1), true)).toBeUndefined();
  expect(readAnswer(chunked.subarray(0, -2), true)).toBeUndefined();
});

test('informational answers go before it', () => {
  const bytes = Buffer.concat([answer(['100 Continue']), answer(['103 Early Hints', 'link: x']), whole]);
  expect(readAnswer(bytes)).toMatchObject({ status: 200, body: '{"é":"ü' });
  expect(readAnswer(answer(['100 Continue']))).toBeUndefined();
});

test('204 and 304 have no body', () => {
  for (const status of ['204 No Content', '304 Not Modified'])
    expect(readAnswer(answer([status, 'content-length: 0']))).toMatchObject({ body: '' });
});

test.each([
  [['200 OK', 'content-length: 0', 'connection: close'], 0],
  [['200 OK', 'content-length: 0', 'Connection: Keep-Alive'], undefined],
  [['200 OK', 'content-length: 0', 'keep-alive: timeout=72, max=100'], 72_000],
  [['200 OK', 'content-length: 0', 'connection: upgrade', 'connection: close'], 0],
])('%j: usable for %s ms', (head, ms) => {
  expect(readAnswer(answer(head))).toMatchObject({ keepAliveMs: ms });
});

test('HTTP/1.0 closes unless it says otherwise', () => {
  const of = (more: string) => Buffer.from(`HTTP/1.0 200 OK\r\ncontent-length: 0\r\n${more}\r\n`);
  expect(readAnswer(of(''))).toMatchObject({ keepAliveMs: 0 });
  expect(readAnswer(of('connection: keep-alive\r\n'))).toMatchObject({ keepAliveMs: undefined });
});

test.each([
  ['no status line', Buffer.from('hello\r\n\r\n')],
  ['another protocol', Buffer.from('HTTP/2 200\r\n\r\n')],
  ['a switch of protocols', answer(['101 Switching Protocols'])],
  ['a length that is none', answer(['200 OK', 'content-length: -1'])],
  ['a length beyond all reason', answer(['200 OK', 'content-length: 99999999'])],
  ['two lengths', answer(['200 OK', 'content-length: 1', 'content-length: 2'])],
  ['length and chunks', answer(['200 OK', 'content-length: 1', 'transfer-encoding: chunked'])],
  ['a coding that was not asked for', answer(['200 OK', 'transfer-encoding: gzip, chunked'])],
  ['a chunk without a size', answer(['200 OK', 'transfer-encoding: chunked'], 'xyz\r\n')],
  ['a chunk that is longer than it says', answer(['200 OK', 'transfer-encoding: chunked'], '1\r\nab\r\n')],
  [
    'words before the answer without end',
    Buffer.concat(Array.from({ length: 20 }, () => answer(['100 Continue']))),
  ],
  ['a head without end', Buffer.alloc(70_000, 'a')],
  ['no end in sight', answer(['200 OK'], 'x'.repeat(17_000_000))],
  ['a size without end', answer(['200 OK', 'transfer-encoding: chunked'], '1'.repeat(70_000))],
])('refused: %s', (_, bytes) => {
  expect(() => readAnswer(bytes)).toThrow(BadAnswer);
});
