// A small video: AVI with uncompressed frames of 8-bit grey. Any common player opens it, and the
// bytes do not depend on an encoder.

export interface GreyVideo {
  width: number;
  height: number;
  /** Frames a second. */
  rate: number;
  frames: number;
  /** Brightness, 0 to 255, of a pixel; y counts from the top. */
  pixel: (frame: number, x: number, y: number) => number;
}

function words(...values: number[]): Uint8Array {
  return new Uint8Array(Uint32Array.from(values).buffer);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** A RIFF chunk: name, length, content; all contents here have even lengths. */
function chunk(name: string, ...content: Uint8Array[]): Uint8Array {
  const body = joined(content);
  return joined([ascii(name), words(body.length), body]);
}

function list(name: string, ...content: Uint8Array[]): Uint8Array {
  return chunk('LIST', ascii(name), ...content);
}

/** Rows from bottom to top, each padded to four bytes, as in bitmaps. */
function frameBytes(video: GreyVideo, frame: number): Uint8Array {
  const stride = Math.ceil(video.width / 4) * 4;
  const bytes = new Uint8Array(stride * video.height);
  for (let y = 0; y < video.height; y += 1) {
    for (let x = 0; x < video.width; x += 1) {
      bytes[(video.height - 1 - y) * stride + x] = video.pixel(frame, x, y);
    }
  }
  return bytes;
}

/** The bytes of an AVI file. */
export function aviFile(video: GreyVideo): Uint8Array {
  const { width, height, rate, frames } = video;
  const frameSize = Math.ceil(width / 4) * 4 * height;
  const hasIndex = 0x10;
  const isKeyFrame = 0x10;

  const mainHeader = chunk(
    'avih',
    words(
      Math.round(1e6 / rate),
      frameSize * rate,
      0,
      hasIndex,
      frames,
      0,
      1,
      frameSize,
      width,
      height,
    ),
    words(0, 0, 0, 0),
  );
  const frameRectangle = new Uint8Array(Uint16Array.of(0, 0, width, height).buffer);
  const streamHeader = chunk(
    'strh',
    ascii('vidsDIB '),
    words(0, 0, 0, 1, rate, 0, frames, frameSize, 0xffffffff, 0),
    frameRectangle,
  );
  const palette = Uint32Array.from({ length: 256 }, (_, grey) => grey * 0x010101);
  const planesAndBits = new Uint8Array(Uint16Array.of(1, 8).buffer);
  const format = chunk(
    'strf',
    words(40, width, height),
    planesAndBits,
    words(0, frameSize, 0, 0, 256, 256),
    new Uint8Array(palette.buffer),
  );

  const stored: Uint8Array[] = [];
  const index: Uint8Array[] = [];
  for (let frame = 0; frame < frames; frame += 1) {
    // Offsets are counted from the word "movi".
    const offset = 4 + frame * (8 + frameSize);
    stored.push(chunk('00db', frameBytes(video, frame)));
    index.push(ascii('00db'), words(isKeyFrame, offset, frameSize));
  }
  return chunk(
    'RIFF',
    ascii('AVI '),
    list('hdrl', mainHeader, list('strl', streamHeader, format)),
    list('movi', ...stored),
    chunk('idx1', ...index),
  );
}
