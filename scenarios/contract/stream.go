package contract

import (
	"fmt"
	"slices"
)

// apart takes the routes whose answers go on out of the routes, and adds them to
// the streams. Each knows its place in the target file.
func apart(routes, streams []Route) (others, all []Route) {
	streams = slices.Clone(streams)
	for i, r := range routes {
		if r.place == 0 {
			r.place = i + 1
		}
		if r.Stream {
			streams = append(streams, r)
		} else {
			others = append(others, r)
		}
	}
	return others, streams
}

// Key is the route's in the target file, such as "routes[0]"; i is its place in
// the list, if the file is not known to have it elsewhere.
func (r Route) Key(i int) string {
	if r.place > 0 {
		i = r.place - 1
	}
	return fmt.Sprintf("routes[%d]", i)
}

func (c Contract) checkStreams(p *problems) {
	plain := slices.ContainsFunc(c.Routes, func(r Route) bool { return !r.Stream })
	p.add(len(c.Routes) > 0 && !plain, "routes", "at least one protected route is needed whose answer comes to an end")
	for i, r := range c.Routes {
		at := r.Key(i)
		p.add(r.StreamWindow != 0 && !r.Stream, at+".stream_window", "only an answer that goes on has a window: it goes with stream: true")
		p.add(r.Identity != "" && r.Stream, at+".identity", "an answer that goes on is told by its events, and names nobody; leave it out")
	}
	for i, r := range c.OpenRoutes {
		p.add(r.Stream, fmt.Sprintf("open_routes[%d].stream", i), "a stream that everyone may have ends with nobody's token; leave it out")
	}
}
