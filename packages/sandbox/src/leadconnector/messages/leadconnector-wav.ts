const rate = 8000

/** A quiet hum as a WAV file, one byte per sample: something to play that no one recorded. At most ten seconds. */
export function wav(seconds: number): Uint8Array<ArrayBuffer> {
  const samples = rate * Math.min(Math.max(1, Math.ceil(seconds)), 10)
  const bytes = new Uint8Array(44 + samples)
  const view = new DataView(bytes.buffer)
  const text = (offset: number, value: string) => bytes.set(new TextEncoder().encode(value), offset)
  text(0, 'RIFF')
  view.setUint32(4, 36 + samples, true)
  text(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, rate, true)
  view.setUint32(28, rate, true)
  view.setUint16(32, 1, true)
  view.setUint16(34, 8, true)
  text(36, 'data')
  view.setUint32(40, samples, true)
  for (let index = 0; index < samples; index += 1) {
    bytes[44 + index] = 128 + Math.round(20 * Math.sin((2 * Math.PI * 220 * index) / rate))
  }
  return bytes
}
