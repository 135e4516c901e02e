/**
 * A stand-in for the module `electron` that records what the shell asks of it. Used where Electron's binary is not
 * installed: it shows what our code does, not what Electron makes of it (electron.spec.ts does that).
 */
type Listener = (...args: unknown[]) => unknown;

/** An event emitter of which tests can ask what is listened to. */
export class FakeEmitter {
  readonly listeners = new Map<string, Listener>();
  on(event: string, listener: Listener): this {
    this.listeners.set(event, listener);
    return this;
  }
  once(event: string, listener: Listener): this {
    return this.on(event, listener);
  }
}

export class FakeContents extends FakeEmitter {
  openHandler: ((details: { url: string }) => { action: string }) | null = null;
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler;
  }
}

type Options = Record<string, unknown> & { webPreferences: Record<string, unknown> };
type Handler = (request: Request) => Promise<Response>;

/** Everything the shell did since the last reset. */
export const record = {
  windows: [] as Options[],
  loaded: [] as string[],
  outside: [] as string[],
  privileges: [] as { scheme: string; privileges: Record<string, boolean> }[],
  handlers: new Map<string, Handler>(),
  permissionRequest: null as ((contents: null, permission: string, answer: (granted: boolean) => void) => void) | null,
  permissionCheck: null as ((contents: null, permission: string) => boolean) | null,
  devicePermission: null as (() => boolean) | null,
};

class BrowserWindow extends FakeEmitter {
  constructor(options: Options) {
    super();
    record.windows.push(options);
  }
  async loadURL(url: string): Promise<void> {
    record.loaded.push(url);
  }
}

export const electron = {
  BrowserWindow,
  Menu: { setApplicationMenu: () => undefined, buildFromTemplate: () => ({}) },
  app: { getPath: () => '/nowhere' },
  nativeTheme: { shouldUseDarkColors: false },
  screen: { getDisplayMatching: () => ({ workArea: { x: 0, y: 0, width: 1, height: 1 } }) },
  session: {
    defaultSession: {
      setPermissionRequestHandler: (handler: typeof record.permissionRequest) => (record.permissionRequest = handler),
      setPermissionCheckHandler: (handler: typeof record.permissionCheck) => (record.permissionCheck = handler),
      setDevicePermissionHandler: (handler: typeof record.devicePermission) => (record.devicePermission = handler),
    },
  },
  shell: { openExternal: async (url: string) => void record.outside.push(url) },
  protocol: {
    registerSchemesAsPrivileged: (schemes: typeof record.privileges) => record.privileges.push(...schemes),
    handle: (scheme: string, handler: Handler) => record.handlers.set(scheme, handler),
  },
  net: { fetch: async () => new Response('from Vite') },
};
