/** Goertzel's algorithm. @returns the share of what is heard that is at this frequency, from 0 to 1 */
export function shareIn(heard: AnalyserNode, hertz: number): number {
  const samples = new Float32Array(heard.fftSize);
  heard.getFloatTimeDomainData(samples);
  const turn = 2 * Math.cos((2 * Math.PI * hertz) / heard.context.sampleRate);
  let [last, before, energy] = [0, 0, 0];
  for (const sample of samples) {
    [last, before] = [sample + turn * last - before, last];
    energy += sample * sample;
  }
  if (energy < samples.length * 1e-6) return 0;
  const power = last * last + before * before - turn * last * before;
  return (2 * power) / (samples.length * energy);
}
