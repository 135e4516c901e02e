/** The part of scs-solver's interface that the peer uses; the package ships no types. */
declare module 'scs-solver' {
  interface Scs {
    ScsSettings: new () => object;
    setDefaultSettings(settings: object): void;
    solve(
      data: object,
      cone: object,
      settings: object,
    ): { readonly info: { readonly pobj: number; readonly iter: number } };
  }
  export default function createSCS(): Promise<Scs>;
}
