import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** Whether sipp is there (Debian: sip-tester). */
export const sipp = (() => {
  try {
    execFileSync("sipp", ["-v"], { stdio: "ignore" });
    return true;
  } catch (error) {
    // It ends with 99 when it is there.
    return (error as { status?: number }).status === 99;
  }
})();

/** Runs a scenario some times against a port. @throws when one of them fails */
export async function runSipp(port: number, steps: string, times: number): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), "sipp-"));
  const xml = `<?xml version="1.0" encoding="ISO-8859-1"?>\n<scenario name="test">\n${steps}\n</scenario>`;
  try {
    writeFileSync(join(dir, "steps.xml"), xml);
    const args = [
      "-sf",
      "steps.xml",
      "-i",
      "127.0.0.1",
      "-m",
      String(times),
      "-r",
      "50",
      "-nostdin",
      "-timeout",
      "10",
    ];
    await promisify(execFile)("sipp", [`127.0.0.1:${port}`, ...args], { cwd: dir });
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** A request as text for a `send`. @param more CSeq and whatever else it has */
export const sippRequest = (start: string, to: string, more: string, body = ""): string => `<send><![CDATA[
${start} SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
Max-Forwards: 70
From: <sip:0901@127.0.0.1>;tag=[pid]-[call_number]
To: ${to}
Call-ID: [call_id]
Contact: <sip:0901@[local_ip]:[local_port]>
${more}
Content-Length: [len]

${body}]]></send>`;
