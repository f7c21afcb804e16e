package reference

import "slices"

var requestFaults = []fault{
	{Info: Info{"inside-header-unchecked", "Revocation is not checked if a header says that the call comes from the same machine."}, plant: unchecked(fromInside)},
	{Info: Info{"http10-unchecked", "Revocation is not checked for requests of HTTP/1.0."}, plant: unchecked(oldVersion)},
}

func fromInside(c *call) bool {
	return slices.ContainsFunc([]string{"X-Forwarded-For", "X-Real-Ip"}, func(name string) bool { return c.request.Header.Get(name) == "127.0.0.1" })
}

func oldVersion(c *call) bool { return !c.request.ProtoAtLeast(1, 1) }
