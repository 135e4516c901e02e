/** Cuts a byte stream into lines, for NDJSON. Keeps an unfinished line until its end arrives; decodes UTF-8 across chunks. */
export async function* lines(stream: ReadableStream<Uint8Array>): AsyncGenerator<string, void> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let pending = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const parts = (pending + decoder.decode(value, { stream: true })).split('\n');
      pending = parts.pop() ?? '';
      for (const part of parts) if (part !== '') yield part;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
