import * as v from 'valibot';

/** What the environment says, read once and checked. `.env.example` explains each variable. */
export type Configuration = {
	/** Connection of the application's role; null means PGlite in `dataDir`. */
	databaseUrl: string | null;
	/** Connection that migrates and grants; the application's own where there is only one role. */
	databaseOwnerUrl: string | null;
	dataDir: string;
	host: string;
	port: number;
	portfolio: string;
	/** Whether invented data may be loaded and shown at all. */
	demonstration: boolean;
	/** Seconds after which a query of a page is ended. */
	queryTimeoutSeconds: number;
	pageCacheBytes: number;
	/** How often one visitor's address may ask the addresses for programs within a minute; 0 is without a limit. */
	apiRequestsPerMinute: number;
	/** Rows of the ledger that anyone may take away in one download; 0 is without a limit. Who may write has none. */
	exportMaxRows: number;
	/** Where visitors report errors: `mailto:` or `https:`; null for the page `/about`. */
	reportTo: string | null;
	/** Reference of the organisation that publishes what this installation writes as IATI; null: it writes none. */
	reportingOrg: string | null;
	/** The site's address as visitors see it, without a slash at the end. */
	origin: string;
	/** Header in which a trusted proxy gives the visitor's address, in lower case, and which of its values counts from the end. */
	addressHeader: string | null;
	xffDepth: number;
	/** What opens writing; null means that one is kept in `dataDir`. */
	intakeToken: string | null;
	/** Bytes of the largest file that is taken in. */
	intakeMaxBytes: number;
};

/** A setting that cannot be used: one line that names it and says what to do. */
export class ConfigurationError extends Error {
	override name = 'ConfigurationError';
}

const postgresUrl = v.pipe(
	v.string(),
	v.check((value) => {
		try {
			return ['postgres:', 'postgresql:'].includes(new URL(value).protocol);
		} catch {
			return false;
		}
	}, 'must look like postgres://role:password@host:5432/database')
);

const wholeNumber = (from: number, to: number) =>
	v.pipe(
		v.string(),
		v.regex(/^\d+$/, `must be a whole number from ${from} to ${to}`),
		v.transform(Number),
		v.minValue(from, `must be a whole number from ${from} to ${to}`),
		v.maxValue(to, `must be a whole number from ${from} to ${to}`)
	);

const environment = v.object({
	DATABASE_URL: v.optional(postgresUrl),
	DATABASE_OWNER_URL: v.optional(postgresUrl),
	DATA_DIR: v.optional(v.string(), '.data'),
	HOST: v.optional(v.string(), '127.0.0.1'),
	PORT: v.optional(wholeNumber(1, 65535), '3000'),
	PORTFOLIO: v.optional(
		v.pipe(v.string(), v.regex(/^[a-z0-9-]+$/, 'must be a portfolio key such as gloact')),
		'gloact'
	),
	DEMONSTRATION: v.optional(v.picklist(['on', 'off'], 'must be on or off'), 'on'),
	QUERY_TIMEOUT_SECONDS: v.optional(wholeNumber(1, 600), '5'),
	PAGE_CACHE_MB: v.optional(wholeNumber(0, 4096), '64'),
	API_REQUESTS_PER_MINUTE: v.optional(wholeNumber(0, 1_000_000), '600'),
	EXPORT_MAX_ROWS: v.optional(wholeNumber(0, 1_000_000_000), '0'),
	REPORT_TO: v.optional(
		v.pipe(v.string(), v.regex(/^(mailto:|https:\/\/)/, 'must begin with mailto: or https://'))
	),
	REPORTING_ORG: v.optional(
		v.pipe(
			v.string(),
			v.regex(
				/^[^\s/&|?%]{1,100}$/,
				'must be an IATI organisation reference such as XM-DAC-41120, without blanks or any of / & | ? %'
			)
		)
	),
	ORIGIN: v.optional(
		v.pipe(v.string(), v.regex(/^https?:\/\/[^/?#]+\/?$/, 'must look like https://portfolio.example.org'))
	),
	ADDRESS_HEADER: v.optional(v.pipe(v.string(), v.toLowerCase())),
	XFF_DEPTH: v.optional(wholeNumber(1, 100), '1'),
	INTAKE_TOKEN: v.optional(
		v.pipe(v.string(), v.regex(/^\S{16,}$/, 'must have at least 16 characters and no blanks'))
	),
	INTAKE_MAX_BYTES: v.optional(wholeNumber(1, 1e12), '1000000000')
});

/** Names of all variables, for the test that keeps README and `.env.example` complete. */
export const VARIABLES = Object.keys(environment.entries);

/** Reads the environment. Throws {@link ConfigurationError} naming the first variable that cannot be used. */
export function readConfiguration(env: Record<string, string | undefined> = process.env): Configuration {
	// An empty variable is one that was left out: `.env` files often list them all.
	const given = Object.fromEntries(VARIABLES.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
	const parsed = v.safeParse(environment, given);
	if (!parsed.success) {
		const issue = parsed.issues[0];
		throw new ConfigurationError(`${issue.path?.[0]?.key as string} ${issue.message}`);
	}
	const read = parsed.output;
	if (read.DATABASE_OWNER_URL && !read.DATABASE_URL) {
		throw new ConfigurationError('DATABASE_OWNER_URL is set but DATABASE_URL is not; set both, or neither');
	}
	return {
		databaseUrl: read.DATABASE_URL ?? null,
		databaseOwnerUrl: read.DATABASE_OWNER_URL ?? read.DATABASE_URL ?? null,
		dataDir: read.DATA_DIR,
		host: read.HOST,
		port: read.PORT,
		portfolio: read.PORTFOLIO,
		demonstration: read.DEMONSTRATION === 'on',
		queryTimeoutSeconds: read.QUERY_TIMEOUT_SECONDS,
		pageCacheBytes: read.PAGE_CACHE_MB * 1024 * 1024,
		apiRequestsPerMinute: read.API_REQUESTS_PER_MINUTE,
		exportMaxRows: read.EXPORT_MAX_ROWS,
		reportTo: read.REPORT_TO ?? null,
		reportingOrg: read.REPORTING_ORG ?? null,
		origin: (read.ORIGIN ?? `http://localhost:${read.PORT}`).replace(/\/$/, ''),
		addressHeader: read.ADDRESS_HEADER ?? null,
		xffDepth: read.XFF_DEPTH,
		intakeToken: read.INTAKE_TOKEN ?? null,
		intakeMaxBytes: read.INTAKE_MAX_BYTES
	};
}
