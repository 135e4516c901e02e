/** KaTeX source as MathML, which browsers set by themselves: no style sheet, no fonts, no script. */

/** Loads KaTeX once a report needs it; an unreadable formula is shown as its source. */
export async function formulaWriter(escape: (text: string) => string): Promise<(source: string) => string> {
  const { default: katex } = await import('katex');
  return (source) => {
    const html = katex.renderToString(source, { output: 'mathml', throwOnError: false, strict: false, trust: false });
    const math = /<math[\s\S]*<\/math>/.exec(html)?.[0];
    if (math === undefined) return `<code>${escape(source)}</code>`;
    return math.replace(/ xmlns="[^"]*"/g, '').replace(/<annotation[\s\S]*?<\/annotation>/g, '');
  };
}
