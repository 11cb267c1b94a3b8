/** The gateway's own end of talks: plays music to callers who wait, in a process of its own. */
export { createEndpoint, type Endpoint, type EndpointParts } from "./endpoint.ts";
