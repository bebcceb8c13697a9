import { readdirSync } from 'node:fs';

/** A route that hands out a file: its address with keys that nothing has, and whether it has any. */
export type FileRoute = { route: string; address: string; hasKey: boolean };

/** Routes without a page that answer in their own shape, whatever happens. */
const TELL_THEMSELVES = ['/health', '/api/v1/[...name]'];
const NOTHING: Record<string, string> = { id: '99999999', code: 'QQ', sha: '0'.repeat(64) };

/** Every route of the house that hands out a file, as the tree has them: a new one is there by itself. */
export function listFileRoutes(): FileRoute[] {
	return readdirSync('src/routes', { recursive: true, encoding: 'utf8' })
		.map((path) => `/${path.replaceAll('\\', '/')}`)
		.filter((path) => path.endsWith('/+server.ts'))
		.map((path) => path.slice(0, -'/+server.ts'.length))
		.filter((route) => !TELL_THEMSELVES.includes(route))
		.sort()
		.map((route) => ({
			route,
			address: route.replace(/\[(\w+)\]/g, (_, name: string) => {
				const key = NOTHING[name];
				if (key === undefined) throw new Error(`${route}: say in ${import.meta.filename} what no ${name} is`);
				return key;
			}),
			hasKey: route.includes('[')
		}));
}
