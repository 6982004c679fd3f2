/** Which of two shapes an answer has where a vendor's specification and its live deployments differ. */
export type Shapes = 'documented' | 'observed'

/** The switch of the emulators whose vendors publish a specification. */
export interface ShapeSettings {
  /**
   * `documented`: every answer is exactly what the vendor's specification declares, whatever the other switches of
   * shapes say. `observed`: what live deployments, release notes and other clients were seen to send.
   */
  shapes: Shapes
}
