// Package chart draws lines and bars over two axes as SVG without any script or
// outside resource, so that they show where both are blocked, on a light screen,
// a dark one and on paper.
package chart
