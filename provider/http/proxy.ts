import type { Agent, AgentOptions, ClientRequest } from "node:http";

/** How the codes of errors begin that say: the proxy did not let the request through, so nothing was sent. */
export const PROXY_ERROR = "ERR_PROXY_";

/** An agent whose connections all go through the proxy, and end there if the proxy does not let them through. */
export async function proxyAgent(proxy: string, options: AgentOptions): Promise<Agent> {
  const { HttpsProxyAgent } = await import("https-proxy-agent");

  // The base class hands a proxy's refusal on as if the server had answered: a proxy's 403 would read as a bad key.
  class TunnelOrNothing extends HttpsProxyAgent<string> {
    override async connect(
      request: ClientRequest,
      target: Parameters<InstanceType<typeof HttpsProxyAgent>["connect"]>[1],
    ) {
      let status: number | undefined;
      request.once("proxyConnect", ({ statusCode }: { statusCode: number }) => {
        status = statusCode;
      });
      const socket = await super.connect(request, target).catch((error: unknown) => {
        throw proxyError(codeOf(error));
      });
      if (status === 200) return socket;
      socket.destroy();
      throw proxyError(`HTTP_${status}`);
    }
  }
  return new TunnelOrNothing(proxy, options);
}

function proxyError(reason: string): Error {
  return Object.assign(new Error("The proxy did not let the request through."), {
    code: PROXY_ERROR + reason,
  });
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "CLOSED";
}
