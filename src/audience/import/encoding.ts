import { isAscii, isUtf8 } from 'node:buffer';

/** What Windows-1252 has from 0x80 to 0x9F; its five unused places stay control characters. */
const windows1252 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/**
 * Turns the bytes of a file into text, piece by piece. UTF-16 and UTF-8 are known by their byte order marks, UTF-16 without
 * one by the zero bytes of its delimiters and digits. Otherwise the first piece that is not plain ASCII decides between
 * UTF-8 and Windows-1252. Bytes that mean nothing become U+FFFD.
 */
export class FileDecoder {
  private encoding: Encoding | undefined;
  private decoder: InstanceType<typeof TextDecoder> | undefined;
  private begun = false;

  decode(piece: Buffer, last: boolean): string {
    let bytes = piece;
    if (!this.begun && bytes.length > 0) {
      this.begun = true;
      const [encoding, mark] = byMark(bytes);
      this.encoding = encoding;
      bytes = bytes.subarray(mark);
    }
    if (!this.encoding) {
      if (isAscii(bytes)) return bytes.toString('latin1');
      const whole = last ? bytes.length : wholeCharacters(bytes);
      this.encoding = guess(bytes.subarray(0, whole));
    }
    if (this.encoding === 'windows-1252') {
      return bytes
        .toString('latin1')
        .replace(/[\x80-\x9f]/g, (one) => windows1252[one.charCodeAt(0) - 0x80] ?? one);
    }
    this.decoder ??= new TextDecoder(this.encoding, { ignoreBOM: true });
    return this.decoder.decode(bytes, { stream: !last });
  }
}

/** The encoding that the beginning of a file shows, and the length of its mark. */
function byMark(bytes: Buffer): [Encoding | undefined, number] {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return ['utf-8', 3];
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return ['utf-16le', 2];
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return ['utf-16be', 2];
  // a ZIP file, such as a workbook of Excel, has zero bytes too
  if (bytes.toString('latin1', 0, 4) === 'PK\u0003\u0004') return ['windows-1252', 0];
  const start = bytes.subarray(0, 2000);
  const zeros = [0, 0];
  start.forEach((byte, i) => {
    if (byte === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  // delimiters, digits and line ends are a fifth of any such file
  const many = start.length / 10;
  if (odd >= many && even < odd / 8) return ['utf-16le', 0];
  if (even >= many && odd < even / 8) return ['utf-16be', 0];
  return [undefined, 0];
}

/** The length without a character of UTF-8 that is cut off at the end. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return back < length ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}

/** One bad byte among good characters is damage in UTF-8; in Windows-1252 sequences of UTF-8 are rare. */
function guess(bytes: Buffer): Encoding {
  if (isUtf8(bytes)) return 'utf-8';
  const text = new TextDecoder('utf-8').decode(bytes);
  const bad = text.match(/\ufffd/g)?.length ?? 0;
  const good = text.match(/[\u0080-\ufffc\u{10000}-\u{10ffff}]/gu)?.length ?? 0;
  return good > bad ? 'utf-8' : 'windows-1252';
}
