import type { Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { Directory } from '../directory.ts';
import type { Proposal } from '../preview.ts';
import type { Taken } from './entries.ts';
import type { FileScope } from './scope.ts';

export class Proposals {
	static async begin(
		_db: Kysely<DB>,
		_directory: Directory,
		_scope: FileScope,
		_added: ReadonlySet<string>
	): Promise<Proposals> {
		return new Proposals();
	}
	take(_taken: Taken): void {}
	async list(): Promise<Proposal[]> {
		return [];
	}
}
