import { error } from '@sveltejs/kit';
import { findSource, type SourceFile } from '#lib/server/facts/sources.ts';
import type { Question } from '#lib/server/answer.ts';
import { mayWrite, type Asked } from './visit.ts';

type At = Asked & { params: { sha: string } };
type Looked = Pick<Question<never>, 'db' | 'demonstration'>;

/**
 * The stored file of a page under `/sources/[sha]`, and whether the visitor may write. Answers 404 where there is none,
 * and just so where it is private and they may not write: that it is here is nobody else's business.
 */
export async function openSource(
	event: At,
	looked: Looked
): Promise<{ source: SourceFile; writing: boolean }> {
	const writing = mayWrite(event);
	return { source: await findVisible(event.params.sha, looked, () => writing), writing };
}

/** As {@link openSource} for a download: nobody is asked who they are for a released file, which caches may keep. */
export async function openDownload(event: At, looked: Looked): Promise<SourceFile> {
	return findVisible(event.params.sha, looked, () => mayWrite(event));
}

async function findVisible(
	sha256: string,
	{ db, demonstration }: Looked,
	mayReadPrivate: () => boolean
): Promise<SourceFile> {
	const source = await findSource(db, sha256);
	const isHidden = source?.nature === 'demonstration' && !demonstration;
	if (!source || isHidden || !(source.released || mayReadPrivate()))
		error(404, { message: 'no such source' });
	return source;
}
