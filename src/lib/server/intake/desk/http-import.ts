import type { IncomingMessage } from 'node:http';
import type { Runtime } from '#lib/server/runtime.ts';
import { UNDECIDED } from '../decided.ts';
import { refused, type Answer } from './http.ts';
import { describeImport } from './report.ts';

const UNKNOWN = refused(404, 'unknown', 'There is no such import.');

/** `GET /sources/imports/12`: its state, what was read, found and posted, and how far the work is. */
export async function reportOverHttp(
	{ database, intake }: Runtime,
	_request: IncomingMessage,
	_url: URL,
	[, importId]: RegExpExecArray
): Promise<Answer> {
	const report = await describeImport(database.db, importId!);
	if (!report) return UNKNOWN;
	return { status: 200, body: { ...report, progress: intake?.progress(importId!) ?? null } };
}

/** `POST /sources/imports/12/accept`: as `--accept` of the command line, with nothing decided but that. */
export async function acceptOverHttp(
	{ intake }: Runtime,
	_request: IncomingMessage,
	url: URL,
	[, importId]: RegExpExecArray
): Promise<Answer> {
	const explanation = url.searchParams.get('explanation') ?? '';
	const refusal = await intake!.accept(importId!, { ...UNDECIDED, explanation });
	if (refusal?.code === 'unknown') return UNKNOWN;
	return refusal
		? refused(409, refusal.code, refusal.message)
		: { status: 202, body: { outcome: 'accepted' } };
}
