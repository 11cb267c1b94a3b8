/** Descriptions of media: looked through, never made. */
export { readSdp, type Sdp, type SdpReading } from "./sdp.ts";
