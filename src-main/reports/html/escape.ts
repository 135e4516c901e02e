/** The only door by which text enters the HTML: whatever a run is called, it is text and nothing else. */

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for element content and quoted attributes alike; control characters that HTML forbids become U+FFFD. */
export function escape(text: string): string {
  // eslint-disable-next-line no-control-regex
  const allowed = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, '\ufffd');
  return allowed.replace(/[&<>"']/g, (character) => entities[character]!);
}

/** JSON whose text holds no character that HTML could read as markup: it is the same JSON inside any element. */
export function jsonForHtml(value: unknown): string {
  const code = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, code);
}
