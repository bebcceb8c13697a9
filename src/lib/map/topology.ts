import source from '../../../static/geo/un-world-50m.topo.json?raw';
import { localGeometry, type LocalGeometry } from './local.ts';
import { worldGeometry, type World, type WorldTopology } from './world.ts';

let topology: WorldTopology | undefined;
let world: World | undefined;
const locals = new Map<string, LocalGeometry | null>();

/** UN Geodata's areas and lines, read once per process. Only for code that runs on the server: 286 kB. */
export const readTopology = (): WorldTopology => (topology ??= JSON.parse(source) as WorldTopology);

/** The world's drawing, computed once per process. */
export const readWorld = (): World => (world ??= worldGeometry(readTopology()));

/** One country's drawing by ISO alpha-3 code, computed once per process and country; `null` for an unknown code. */
export function readLocal(iso3: string): LocalGeometry | null {
	if (!locals.has(iso3)) locals.set(iso3, localGeometry(readTopology(), iso3));
	return locals.get(iso3) ?? null;
}
