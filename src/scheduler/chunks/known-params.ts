import { frozen } from '../../domain/decision/context-maker.js';

/** Most cached instances: about 150 bytes each. */
const MOST_INSTANCES = 200_000;
/** Most different params: a few kilobytes each. */
const MOST_PARAMS = 2_000;

/** Params of an instance at a version; they never change. */
export interface ParamsKey {
  readonly id: string;
  readonly params_version: number;
}

/**
 * Caches the params of instances between runs, so that a run reads only the changed ones. Otherwise their JSON would be
 * most of the data a chunk reads. Instances with the same params share one frozen object. A full cache is cleared and
 * filled again.
 */
export class KnownParams {
  private readonly instances = new Map<string, { readonly version: number; readonly params: unknown }>();
  private readonly byText = new Map<string, unknown>();

  /** @returns undefined when the params are not cached. */
  get({ id, params_version: version }: ParamsKey): unknown {
    const known = this.instances.get(id);
    return known?.version === version ? known.params : undefined;
  }

  /**
   * Caches params that were read.
   * @param text JSON. @returns the parsed params.
   */
  add({ id, params_version: version }: ParamsKey, text: string): unknown {
    if (this.instances.size >= MOST_INSTANCES || this.byText.size >= MOST_PARAMS) {
      this.instances.clear();
      this.byText.clear();
    }
    let params = this.byText.get(text);
    if (params === undefined) this.byText.set(text, (params = frozen(JSON.parse(text))));
    this.instances.set(id, { version, params });
    return params;
  }
}
