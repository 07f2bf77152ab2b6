import { METHODS } from 'node:http';
import type { Application, Request } from 'express';

/**
 * The template of the route that serves a request, such as `/api/v1/strategies/:id`; null when none does. Known only
 * after the request has been routed.
 */
export function routeOf(req: Request): string | null {
  const route = req.route as { path?: unknown; methods: Readonly<Record<string, boolean>> } | undefined;
  if (typeof route?.path !== 'string' || answersEverything(route.methods)) return null;
  return `${req.baseUrl}${route.path}`;
}

/** The parts of Express' router that list its routes. */
interface RouteLayer {
  readonly route?: { readonly methods: Readonly<Record<string, boolean>> };
  match(path: string): unknown;
}

/**
 * The methods of the routes that match this path, in upper case and sorted; empty for an unknown path. Routes for every
 * method (the framework's own 404) do not count.
 */
export function allowedMethods(app: Application, path: string): string[] {
  const layers = (app as unknown as { router: { stack: readonly RouteLayer[] } }).router.stack;
  const methods = new Set<string>();
  for (const layer of layers) {
    if (!layer.route || answersEverything(layer.route.methods) || !matches(layer, path)) continue;
    for (const method of Object.keys(layer.route.methods)) methods.add(method.toUpperCase());
  }
  if (methods.has('GET')) methods.add('HEAD');
  if (methods.size > 0) methods.add('OPTIONS');
  return [...methods].sort();
}

/** Express registers `all()` once for every method that Node knows, or as `_all`. */
function answersEverything(methods: Readonly<Record<string, boolean>>): boolean {
  return methods['_all'] === true || METHODS.every((method) => methods[method.toLowerCase()] === true);
}

function matches(layer: RouteLayer, path: string): boolean {
  try {
    return Boolean(layer.match(path));
  } catch (error) {
    // A path with broken percent-encoding matches nothing.
    if (error instanceof URIError) return false;
    throw error;
  }
}
