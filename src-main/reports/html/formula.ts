/** KaTeX source as MathML, which browsers set by themselves: no style sheet, no fonts, no script. */

export type FormulaWriter = (source: string, displayMode?: boolean) => string;

/** Loads KaTeX once a report needs it; an unreadable formula is shown as its source. */
export async function formulaWriter(escape: (text: string) => string): Promise<FormulaWriter> {
  const { default: katex } = await import('katex');
  return (source, displayMode = false) => {
    const settings = { output: 'mathml', throwOnError: false, strict: false, trust: false } as const;
    const html = katex.renderToString(source, { ...settings, displayMode });
    const math = /<math[\s\S]*<\/math>/.exec(html)?.[0];
    if (math === undefined) return `<code>${escape(source)}</code>`;
    return math.replace(/ xmlns="[^"]*"/g, '').replace(/<annotation[\s\S]*?<\/annotation>/g, '');
  };
}
