/** A strict reader of markup for tests: everything must be closed in order, as in XML. Throws where it is not. */

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: (Element | string)[];
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  '#160': '\u00a0',
};
const decode = (text: string): string =>
  text.replace(/&(#?\w+);/g, (_, name: string) => {
    const character = entities[name];
    if (character === undefined) throw new Error(`unknown entity &${name};`);
    return character;
  });

/** Elements that HTML never closes. */
const empty = new Set(['meta']);
/** Elements whose content HTML does not read as markup. */
const raw = new Set(['style', 'script']);

/** @returns the root, which holds what the text holds. */
export function parseMarkup(text: string): Element {
  const root: Element = { name: '', attributes: {}, children: [] };
  const open = [root];
  let rest = text.replace(/^<\?xml[^>]*\?>\s*|^<!doctype html>\s*/i, '');
  while (rest !== '') {
    const top = open.at(-1)!;
    const content = raw.has(top.name) ? new RegExp(`^[\\s\\S]*?(?=</${top.name}>)`).exec(rest) : /^[^<]+/.exec(rest);
    if (content && content[0] !== '') {
      top.children.push(raw.has(top.name) ? content[0] : decode(content[0]));
      rest = rest.slice(content[0].length);
      continue;
    }
    const tag = /^<(\/?)([a-zA-Z][\w:-]*)((?:\s+[a-zA-Z_][\w:.-]*(?:="[^"<]*")?)*)\s*(\/?)>/.exec(rest);
    if (!tag) throw new Error(`not a tag: ${rest.slice(0, 80)}`);
    rest = rest.slice(tag[0].length);
    const [, closing, name, list, closed] = tag as unknown as [string, string, string, string, string];
    if (closing) {
      if (open.pop()!.name !== name) throw new Error(`</${name}> closes ${top.name}`);
      continue;
    }
    const pairs = [...list.matchAll(/\s+([\w:.-]+)(?:="([^"]*)")?/g)].map(
      ([, key, value]) => [key!, decode(value ?? '')] as const,
    );
    if (new Set(pairs.map(([key]) => key)).size < pairs.length) throw new Error(`an attribute twice: ${tag[0]}`);
    const element: Element = { name, attributes: Object.fromEntries(pairs), children: [] };
    top.children.push(element);
    if (!closed && !empty.has(name)) open.push(element);
  }
  if (open.length > 1) throw new Error(`<${open.at(-1)!.name}> is never closed`);
  return root;
}

/** Every element below, in document order. */
export function elements(root: Element): readonly Element[] {
  return root.children.flatMap((child) => (typeof child === 'string' ? [] : [child, ...elements(child)]));
}

export function textOf(element: Element): string {
  return element.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
}
