import type { IncomingMessage } from 'node:http';
import type { Runtime } from '#lib/server/runtime.ts';
import { UNDECIDED } from '../decided.ts';
import { refused, type Answer } from './http-answer.ts';
import { describeImport } from './report.ts';

const UNKNOWN = refused(404, 'unknown', 'There is no such import.');

/**
 * `GET /sources/imports/12`: how far the work is, while there is work; else its state and what was read, found and posted.
 * A page or program asks again and again, so the database is left alone as long as it is at work for this.
 */
export async function reportOverHttp(
	{ database, intake }: Runtime,
	_request: IncomingMessage,
	_url: URL,
	[, importId]: RegExpExecArray
): Promise<Answer> {
	const progress = intake?.progress(importId!) ?? null;
	if (progress) return { status: 200, body: { importId, progress } };
	const report = await describeImport(database.db, importId!);
	if (!report) return UNKNOWN;
	return { status: 200, body: { ...report, progress } };
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

/** `POST /sources/imports/12/cancel`. */
export async function cancelOverHttp(
	{ intake }: Runtime,
	_request: IncomingMessage,
	_url: URL,
	[, importId]: RegExpExecArray
): Promise<Answer> {
	const refusal = await intake!.cancel(importId!);
	if (refusal?.code === 'unknown') return UNKNOWN;
	return refusal
		? refused(409, refusal.code, refusal.message)
		: { status: 202, body: { outcome: 'cancelled' } };
}
