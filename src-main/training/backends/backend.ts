/** What a compute backend is to the rest of training. No computation here. */
import type * as Core from '@tensorflow/tfjs-core';

export type Tf = typeof Core;

export const BACKENDS = ['native', 'webgpu', 'wasm', 'cpu'] as const;
export type BackendName = (typeof BACKENDS)[number];
export type BackendChoice = 'auto' | BackendName;

/** Speeds in GFLOP/s (10⁹ multiplications and additions per second), each the best of a few short trials. */
export interface Speed {
  /** A·B, A and B 512×512 (128×128 where the backend is slow). */
  readonly product: number;
  /** Aᵀ·B, the gradient by a dense layer's weights. */
  readonly productTransposedA: number;
  /** A·Bᵀ, the gradient by a dense layer's inputs. */
  readonly productTransposedB: number;
  /** A 3×3 convolution of 16×16×16 images to 32 channels with both its gradients. */
  readonly convolutionStep: number;
}

export interface ActiveBackend {
  readonly name: BackendName;
  /** One line for people: what computes, and with what. */
  readonly description: string;
  readonly version: string;
  /** Threads of one product; 0 where that has no meaning (GPU). */
  readonly threads: number;
  readonly float32: true;
  /** Null where it was not measured. */
  readonly speed: Speed | null;
  /** speed.product, where measured. */
  readonly gigaflops?: number;
  readonly tf: Tf;
}

/** What a loader of one backend says once tf.setBackend has succeeded. */
export type Loaded = Pick<ActiveBackend, 'name' | 'description' | 'version' | 'threads'>;

/** Whether a backend can be used on this machine, found without loading it. */
export interface Availability {
  readonly name: BackendName;
  readonly available: boolean;
  /** What is there, or what is missing. */
  readonly detail: string;
  /** The command that gets it; null where it is there or cannot be had here. */
  readonly remedy: string | null;
}
