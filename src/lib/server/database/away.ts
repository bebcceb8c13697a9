/** Codes with which PostgreSQL or the network say that there is no server to ask just now. */
const AWAY = /^(?:08...|57P0[123]|53300|ECONNREFUSED|ECONNRESET|ENOTFOUND|EPIPE|ETIMEDOUT|EHOSTUNREACH)$/;
const AWAY_WORDS =
	/timeout exceeded when trying to connect|Connection terminated|database thread has ended|Query read timeout|Client has encountered a connection error/;

/** Whether an error means that the database is not there just now. */
export function isAway(caught: unknown): boolean {
	const { code, message } = caught as { code?: unknown; message?: unknown };
	return AWAY.test(String(code)) || AWAY_WORDS.test(String(message));
}
