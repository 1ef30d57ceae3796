"""The meshes that the OpenGL canvas draws: surface, sphere, arrow, patch; and their light."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from OpenGL import GL
from pyqtgraph.opengl import MeshData
from pyqtgraph.opengl.shaders import FragmentShader, ShaderProgram, VertexShader

from engine.evaluation.arrays import Floats
from gui.panels.surface.scene import Surface

PUSHED_BACK = {
    GL.GL_DEPTH_TEST: True,
    GL.GL_BLEND: False,
    GL.GL_CULL_FACE: False,
    GL.GL_POLYGON_OFFSET_FILL: True,
    "glPolygonOffset": (1.0, 1.0),
}
"""The surface lies a hair behind the lines drawn on it, so that they do not flicker."""

TRANSLUCENT = {
    GL.GL_DEPTH_TEST: True,
    GL.GL_BLEND: True,
    GL.GL_CULL_FACE: False,
    GL.GL_POLYGON_OFFSET_FILL: False,
    "glBlendFuncSeparate": (
        GL.GL_SRC_ALPHA,
        GL.GL_ONE_MINUS_SRC_ALPHA,
        GL.GL_ONE,
        GL.GL_ONE_MINUS_SRC_ALPHA,
    ),
}
"""Hidden by what lies in front of it."""

SHINING_THROUGH = {**TRANSLUCENT, GL.GL_DEPTH_TEST: False}
"""Seen also where the surface lies in front of it."""

ON_TOP = {**SHINING_THROUGH, GL.GL_CULL_FACE: True}
"""Seen everywhere; only its outside is drawn, for without depth its inside would show."""


def soft_light() -> ShaderProgram:
    """Return a light from the upper left of the eye, the same on both sides of a surface.

    pyqtgraph's own ``shaded`` is nearly black on a side that looks away.
    """
    return ShaderProgram(
        "trigrad_soft_light",
        [
            VertexShader("""
                uniform mat4 u_mvp;
                uniform mat3 u_normal;
                attribute vec4 a_position;
                attribute vec3 a_normal;
                attribute vec4 a_color;
                varying vec4 v_color;
                varying vec3 v_normal;
                void main() {
                    v_normal = normalize(u_normal * a_normal);
                    v_color = a_color;
                    gl_Position = u_mvp * a_position;
                }
            """),
            FragmentShader("""
                #ifdef GL_ES
                precision mediump float;
                #endif
                varying vec4 v_color;
                varying vec3 v_normal;
                void main() {
                    float light = abs(dot(normalize(v_normal), normalize(vec3(-0.4, 0.6, 0.7))));
                    gl_FragColor = vec4(v_color.rgb * (0.66 + 0.36 * light), v_color.a);
                }
            """),
        ],
    )


class NormalMesh(MeshData):  # type: ignore[misc]
    """A mesh that brings its normals along; pyqtgraph's own cost half a second for 256²."""

    def __init__(self, positions: Floats, faces: NDArray[np.uint32], normals: Floats) -> None:
        super().__init__(vertexes=positions, faces=faces)
        self._given_normals = np.ascontiguousarray(normals, dtype=np.float32)

    def vertexNormals(self, indexed: str | None = None) -> NDArray[np.float32]:  # noqa: N802
        """Return the given normals, one row per vertex."""
        assert indexed is None
        return self._given_normals


def surface_mesh(surface: Surface, colours: NDArray[np.uint8]) -> NormalMesh:
    """Return the mesh of ``surface``; ``colours`` is the table from low to high."""
    positions = np.nan_to_num(surface.positions, nan=0.0).reshape(-1, 3)
    mesh = NormalMesh(positions, surface.faces(), surface.normals.reshape(-1, 3))
    mesh.setVertexColors(vertex_colours(surface, colours))
    return mesh


def vertex_colours(surface: Surface, colours: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return red, green, blue, alpha of every sample; shape ``(n * n, 4)``."""
    index = np.nan_to_num(surface.shade * 255, nan=0.0).astype(np.intp)
    return (colours[index.ravel()] / 255).astype(np.float32)


def sphere_mesh(radius: float) -> NormalMesh:
    """Return a sphere around the origin."""
    sphere = MeshData.sphere(rows=10, cols=16, radius=radius)
    positions = sphere.vertexes()
    return NormalMesh(positions, sphere.faces(), positions / radius)


def spheres_mesh(centres: Floats, radius: float) -> NormalMesh:
    """Return a sphere around each of ``centres``, as one mesh."""
    sphere = MeshData.sphere(rows=8, cols=12, radius=radius)
    positions, faces = sphere.vertexes(), sphere.faces()
    count = len(positions)
    return NormalMesh(
        np.concatenate([positions + centre for centre in centres]),
        np.concatenate([faces + count * index for index in range(len(centres))]).astype(np.uint32),
        np.tile(positions / radius, (len(centres), 1)),
    )


def arrow_mesh(tail: Floats, tip: Floats, radius: float) -> NormalMesh:
    """Return a shaft and a head from ``tail`` to ``tip``: a mesh, for thick GL lines are thin."""
    axis = tip - tail
    length = float(np.linalg.norm(axis))
    axis = axis / length
    side = np.cross(axis, (0.0, 0.0, 1.0) if abs(axis[2]) < 0.9 else (1.0, 0.0, 0.0))
    side /= np.linalg.norm(side)
    other = np.cross(axis, side)
    angles = np.linspace(0, 2 * np.pi, 17)[:-1, None]
    round_about = np.cos(angles) * side + np.sin(angles) * other
    neck = length - min(6 * radius, 0.6 * length)
    # Rings from the tail to the tip: distance along the axis and radius.
    profile = [(0.0, 0.0), (0.0, radius), (neck, radius), (neck, 2.6 * radius), (length, 0.0)]
    positions = np.concatenate([tail + at * axis + wide * round_about for at, wide in profile])
    index = np.arange(16)
    following = (index + 1) % 16
    faces = []
    for ring in range(len(profile) - 1):
        low, high = 16 * ring, 16 * (ring + 1)
        faces.append(np.column_stack([low + index, low + following, high + index]))
        faces.append(np.column_stack([low + following, high + following, high + index]))
    normals = np.tile(round_about, (len(profile), 1))
    return NormalMesh(positions, np.concatenate(faces).astype(np.uint32), normals)


def patch_mesh(corners: Floats) -> NormalMesh:
    """Return a flat patch with four corners."""
    normal = np.cross(corners[1] - corners[0], corners[3] - corners[0])
    normal /= np.linalg.norm(normal)
    faces = np.array([(0, 1, 2), (0, 2, 3)], dtype=np.uint32)
    return NormalMesh(corners, faces, np.tile(normal, (4, 1)))
