/** One line of JSON to standard error. Passwords in connection strings are struck out, and stacks cut short. */
export function logError(error: unknown, context: Record<string, unknown> = {}): void {
	const { name, message, stack, code } = (
		error instanceof Error ? error : new Error(String(error))
	) as Error & { code?: string };
	const lines = withoutPasswords(stack ?? '')
		.split('\n')
		.slice(1, 7);
	const line = {
		time: new Date().toISOString(),
		level: 'error',
		...context,
		error: name,
		code,
		text: withoutPasswords(message),
		stack: lines.map((place) => place.trim())
	};
	process.stderr.write(`${JSON.stringify(line)}\n`);
}

function withoutPasswords(text: string): string {
	return text.replace(/(postgres(?:ql)?:\/\/[^:@\s/]*):[^@\s]*@/g, '$1:…@');
}
