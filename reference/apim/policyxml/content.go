package policyxml

import "strings"

// content reads what stands between the tags of an element: children, or a
// text, or an expression.
func (p *parser) content(n *Node, depth int) error {
	for {
		if n.Text == "" {
			p.skipSpace() // elsewhere it is part of the text
		}
		switch {
		case p.end(), p.has("</"):
			return p.checkContent(n)
		case p.has("<!--"):
			if err := p.comment(); err != nil {
				return err
			}
		case p.has("<![CDATA["), p.peek() != '<':
			if err := p.text(n); err != nil {
				return err
			}
		default:
			child, err := p.element(depth + 1)
			if err != nil {
				return err
			}
			n.Children = append(n.Children, child)
		}
	}
}

func (p *parser) checkContent(n *Node) error {
	n.Text = strings.TrimRight(n.Text, " \t\r\n")
	if len(n.Text) > MaxValue {
		return p.errorf(n.TextPos, "the text of <%s> is longer than %d bytes", n.Name, MaxValue)
	}
	if n.Text != "" && len(n.Children) > 0 {
		return p.errorf(n.TextPos, "<%s> holds both text and elements", n.Name)
	}
	return nil
}

func (p *parser) text(n *Node) error {
	if n.TextPos.Line == 0 {
		n.TextPos = p.pos
	}
	if IsExpression(p.rest()) {
		return p.expressionText(n)
	}
	part, err := p.chunk()
	n.Text += part
	return err
}

func (p *parser) expressionText(n *Node) error {
	if n.Text != "" {
		return p.errorf(p.pos, "text stands before the expression in <%s>: an expression must be the whole text", n.Name)
	}
	text, err := p.expression()
	if err != nil {
		return within(err, "<"+n.Name+">")
	}
	n.Text = text
	p.skipSpace()
	if !p.has("<") {
		return p.errorf(p.pos, "%s follows the expression in <%s>: an expression must be the whole text", p.shown(), n.Name)
	}
	return nil
}

// chunk reads text up to the next tag, or one CDATA section.
func (p *parser) chunk() (string, error) {
	at := p.pos
	if p.accept("<![CDATA[") {
		rest := p.rest()
		if !p.skipPast("]]>") {
			return "", p.errorf(at, "the CDATA section that begins here is not closed")
		}
		return rest[:len(rest)-len(p.rest())-len("]]>")], nil
	}
	length := strings.IndexByte(p.rest(), '<')
	if length < 0 {
		length = len(p.rest())
	}
	raw := p.rest()[:length]
	p.advance(length)
	return p.decode(raw, at)
}
