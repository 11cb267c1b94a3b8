/** Much of Electron throws until the application is ready, some of it once it is. */
export const lifecycle = { ready: false };

export function needsReady(what: string): void {
  if (!lifecycle.ready) throw new Error(`${what} before app is ready`);
}

export function needsNotReady(what: string): void {
  if (lifecycle.ready) throw new Error(`${what} after app is ready`);
}

export class Preventable {
  defaultPrevented = false;
  preventDefault = (): void => {
    this.defaultPrevented = true;
  };
}
