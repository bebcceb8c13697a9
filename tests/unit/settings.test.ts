import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ConfigurationError, VARIABLES, readConfiguration } from '#lib/server/configuration.ts';

/** Read by SvelteKit's adapter and by the tests, not by the configuration. */
const OTHERS = ['BODY_SIZE_LIMIT', 'CHROME_PATH'];

/** What `.env.example` says: name and value of each line, whether it is switched on or not. */
function readExample(): Map<string, string> {
	const lines = readFileSync('.env.example', 'utf8').matchAll(/^(?:# )?([A-Z][A-Z_]+)=(.*)$/gm);
	return new Map([...lines].map(([, name, value]) => [name!, value!]));
}

describe('settings', () => {
	it('are all listed in .env.example, and nothing else is', () => {
		expect([...readExample().keys()].sort()).toEqual([...VARIABLES, ...OTHERS].sort());
	});

	it('are all explained in the README', () => {
		const readme = readFileSync('README.md', 'utf8');
		expect([...VARIABLES, ...OTHERS].filter((name) => !new RegExp(`\\b${name}\\b`).test(readme))).toEqual([]);
	});

	it('have in .env.example the values that hold without them', () => {
		const example = Object.fromEntries(readExample());
		const { databaseUrl, databaseOwnerUrl, reportTo, reportingOrg, addressHeader, ...rest } =
			readConfiguration(example);
		expect([databaseUrl, databaseOwnerUrl, reportTo, reportingOrg, addressHeader]).not.toContain(null);
		const {
			databaseUrl: none,
			databaseOwnerUrl: neither,
			reportTo: nowhere,
			reportingOrg: nobody,
			addressHeader: unnamed,
			...defaults
		} = readConfiguration({});
		expect([none, neither, nowhere, nobody, unnamed]).toEqual([null, null, null, null, null]);
		expect(rest).toEqual(defaults);
	});

	const refused: [Record<string, string>, string][] = [
		[{ PORT: 'http' }, 'PORT'],
		[{ PORT: '0' }, 'PORT'],
		[{ PORT: '65536' }, 'PORT'],
		[{ DATABASE_URL: 'mysql://localhost/x' }, 'DATABASE_URL'],
		[{ DATABASE_URL: 'localhost' }, 'DATABASE_URL'],
		[{ DATABASE_OWNER_URL: 'postgres://localhost/x' }, 'DATABASE_OWNER_URL'],
		[{ DEMONSTRATION: 'yes' }, 'DEMONSTRATION'],
		[{ PORTFOLIO: 'a b' }, 'PORTFOLIO'],
		[{ QUERY_TIMEOUT_SECONDS: '-1' }, 'QUERY_TIMEOUT_SECONDS'],
		[{ PAGE_CACHE_MB: '1.5' }, 'PAGE_CACHE_MB'],
		[{ EXPORT_MAX_ROWS: 'all' }, 'EXPORT_MAX_ROWS'],
		[{ REPORT_TO: 'javascript:alert(1)' }, 'REPORT_TO'],
		[{ REPORTING_ORG: 'XM DAC' }, 'REPORTING_ORG'],
		[{ ORIGIN: 'portfolio.example.org' }, 'ORIGIN'],
		[{ ORIGIN: 'https://portfolio.example.org/path' }, 'ORIGIN'],
		[{ XFF_DEPTH: '0' }, 'XFF_DEPTH'],
		[{ INTAKE_TOKEN: 'short' }, 'INTAKE_TOKEN'],
		[{ INTAKE_MAX_BYTES: '1 GB' }, 'INTAKE_MAX_BYTES']
	];
	for (const [environment, name] of refused) {
		it(`refuse ${JSON.stringify(environment)} in one line that names ${name}`, () => {
			const read = () => readConfiguration(environment);
			expect(read).toThrow(ConfigurationError);
			expect(read).toThrow(new RegExp(`^${name} [^\\n]+$`));
		});
	}

	it('take an empty variable for one that is not there', () => {
		expect(readConfiguration({ PORT: '', DATABASE_URL: '' })).toEqual(readConfiguration({}));
	});
});
